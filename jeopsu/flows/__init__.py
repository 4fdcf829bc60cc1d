"""What happens when: the way of a proposal through the other rooms, by command line or by Prefect.

check (one proposal, no server) · cli, cli_common, cli_platform, show, welcome (the command line) · demo ·
doctor · settings (the environment, read once) ·
platform, intake, triggers, sweep, serve, worker (the automatic way).
"""
