"""APScheduler as the alarm clock: a list of ticks, nothing else."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

LOOK_SECONDS = 1.0
"""So often it is looked whether the clock was set back."""

Tick = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Alarm:
    """A tick, and how often it comes."""

    name: str
    seconds: float
    tick: Tick


class Every(BaseTrigger):  # type: ignore[misc]
    """Every so often, from now on.

    APScheduler's own interval counts all that was missed, one by one: after a clock that has
    leapt a day ahead, or a machine that has slept for one, nothing else happens for many seconds.
    """

    def __init__(self, period: timedelta) -> None:
        self._period = period

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime:
        """The next moment; what was missed is rung for once."""
        due = (previous or now) + self._period
        return due if due > now else now + self._period


def start(alarms: list[Alarm], clock: Callable[[], datetime]) -> AsyncIOScheduler:
    """Ring each alarm in its period; what is due is decided by rows, so a late ring is harmless.

    Ticks must be coroutine functions: a plain one would run in a thread of its own.
    """
    scheduler = AsyncIOScheduler(
        timezone="UTC",
        job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
    )
    # A tick that is still at work when its next turn comes leaves that out, which is no fault.
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
    for alarm in alarms:
        period = timedelta(seconds=alarm.seconds)
        scheduler.add_job(alarm.tick, Every(period), id=alarm.name)
    scheduler.start()
    _ring_again(scheduler, alarms, clock)
    return scheduler


def _ring_again(
    scheduler: AsyncIOScheduler, alarms: list[Alarm], clock: Callable[[], datetime]
) -> None:
    """Ring what would be silent because the clock was set back: for APScheduler it is too early."""
    if not scheduler.running:
        return
    now = clock()
    for alarm in alarms:
        job = scheduler.get_job(alarm.name)
        if job and job.next_run_time - now > timedelta(seconds=alarm.seconds + LOOK_SECONDS):
            job.modify(next_run_time=now)
    loop = asyncio.get_running_loop()
    loop.call_later(LOOK_SECONDS, _ring_again, scheduler, alarms, clock)
