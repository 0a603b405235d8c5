"""What the job worker does for imports: sheets too long for somebody to wait for."""

from procrastinate.contrib.django import app

from alongside.exchange.running import work_on


@app.task(pass_context=False)
def go_on_with_import(run_id: int) -> None:
    """Checks or writes an import, whichever it waits for. Done again after a crash it does no harm."""
    work_on(run_id)
