"""What Prefect is to run, and on which event (`python -m jeopsu.flows.deployments` tells a server)."""

from __future__ import annotations

from contextlib import suppress

from prefect.client.orchestration import get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.deployments.runner import RunnerDeployment
from prefect.events import DeploymentEventTrigger
from prefect.exceptions import ObjectAlreadyExists
from prefect.types.entrypoint import EntrypointType
from prefect.workers.process import ProcessWorker

from jeopsu.flows import intake, settings
from jeopsu.flows.triggers import PREFIX
from jeopsu.storage import records

# flow → the events that start it
STARTS = (
    (intake.intake, (records.UPLOADED, records.WAITING)),
    (intake.rerun, (records.RERUN,)),
    (intake.recheck, (records.DECIDED,)),
)


def deploy(given: settings.Settings) -> None:
    """Makes the pool and every deployment with its trigger; those that are there are brought up to date."""
    with get_client(sync_client=True) as client, suppress(ObjectAlreadyExists):
        client.create_work_pool(
            WorkPoolCreate(
                name=given.pool,
                type="process",
                base_job_template=ProcessWorker.get_default_base_job_template(),
            )
        )
    for flow, events in STARTS:
        RunnerDeployment.from_flow(
            flow,
            name="jeopsu",
            tags=["jeopsu"],
            work_pool_name=given.pool,
            entrypoint_type=EntrypointType.MODULE_PATH,
            triggers=[
                DeploymentEventTrigger(
                    name=f"jeopsu {flow.name}",
                    expect={PREFIX + event for event in events},
                    parameters={"proposal": "{{ event.payload.proposal }}"},
                )
            ],
        ).apply()
    RunnerDeployment.from_flow(
        intake.sweep,
        name="jeopsu",
        tags=["jeopsu"],
        work_pool_name=given.pool,
        entrypoint_type=EntrypointType.MODULE_PATH,
    ).apply()


if __name__ == "__main__":
    deploy(settings.load())
