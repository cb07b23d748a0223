"""python -m gsocbot"""

from gsocbot.cli import main

raise SystemExit(main())
