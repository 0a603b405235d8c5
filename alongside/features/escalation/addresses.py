"""The pages that do what is due about escalations."""


def page_of_duty(key: str, number: int, reference: str) -> str:
    """From a duty's key and subject to its page."""
    here = f"/people/{reference}"
    begins, kind, *rest = key.split(":")
    if begins == "refusal":
        return f"{here}/refusals/{number}"
    if begins == "escalation":
        return f"{here}/escalations/{number}"
    rule = f"&rule={rest[0]}" if kind == "duty" else ""
    return f"{here}/escalations/raise?about={kind}&id={number}{rule}"
