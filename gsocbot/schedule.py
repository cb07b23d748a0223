"""APScheduler as the alarm clock: a list of ticks, nothing else."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from apscheduler.schedulers.asyncio import AsyncIOScheduler

Tick = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Alarm:
    """A tick, and how often it comes."""

    name: str
    seconds: float
    tick: Tick


def start(alarms: list[Alarm]) -> AsyncIOScheduler:
    """Ring each alarm in its period; what is due is decided by rows, so a late ring is harmless.

    Ticks must be coroutine functions: a plain one would run in a thread of its own.
    """
    scheduler = AsyncIOScheduler(
        timezone="UTC",
        job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
    )
    for alarm in alarms:
        scheduler.add_job(alarm.tick, "interval", seconds=alarm.seconds, id=alarm.name)
    scheduler.start()
    return scheduler
