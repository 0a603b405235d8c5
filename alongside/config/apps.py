import gc

from django.apps import AppConfig

# Objects made before rubbish is looked for. A page or a batch of people makes tens of thousands that all go at its
# end; looking after every 700, as Python does by itself, took a third of the time of working out what is due.
BEFORE_COLLECTING = 50_000


class ConfigConfig(AppConfig):
    name = "alongside.config"
    label = "config"

    def ready(self) -> None:
        from alongside.config.wiring import connect

        connect()
        # What is loaded by now stays: it need not be looked through again.
        gc.freeze()
        gc.set_threshold(BEFORE_COLLECTING, 20, 20)
