"""What happens when: the way of a proposal through the other rooms, by command line or by Prefect.

check (one proposal, no server), folder · cli, cli_common, cli_platform, cli_calls, show, welcome (the command line) ·
demo, doctor, diff, trial (one command each) · settings (the environment, read once).
The automatic way: platform (submit, status, rerun) · triggers, hooks, sweep (what makes a run start) · intake (the
flows), work (a run without Prefect), lease, life · corrections, decided, sampling (what people said) · resume
(uploads in pieces) · serve, children, worker, pool_worker, warm, warm_client, deployments, prefect_pages, memory
(processes) · webhooks.
"""
