"""python -m gsocbot"""

import gc


def main() -> int:
    """Read our code, and run it."""
    gc.disable()  # all of it stays: looking for garbage in it takes a fifth of the time
    from gsocbot.cli import main as run  # noqa: PLC0415

    gc.freeze()
    gc.enable()
    return run()


if __name__ == "__main__":
    raise SystemExit(main())
