"""The rules and rating tools written out for people to read (docs/reference/)."""

from .counting import COUNTING
from .ratings import TOOLS, Tool
from .rules import CERTAINTY, PACKS, Ruleset
from .rules.printing import printed, printed_beside


def rules_as_markdown(ruleset: Ruleset) -> str:
    """Every rule as a table, with how it is counted, its source and how certain it is."""
    lines = [
        "# Rules",
        "",
        "Every time limit is a dated row with a source. 'Live' means that this product computes it now.",
        "A 'local default' is no national rule: an ICB may set its own value.",
        "",
        "## The table of time limits",
        "",
        *_table(printed(ruleset)),
        "",
        "## Rules this product adds",
        "",
        "So that nobody on a register is without a next thing due.",
        "",
        *_table(printed_beside(ruleset)),
        "",
        "## How time is counted",
        "",
        *(f"- **{name.replace('_', ' ')}**: {words}" for name, words in COUNTING.items()),
        "",
        "## Certainty",
        "",
        *(f"- **{mark}**: {words}" for mark, words in CERTAINTY.items()),
        "",
        "## Law that has not commenced",
        "",
        "Off until it is given a commencement date.",
        "",
        *(f"- `{pack}`: {words}" for pack, words in PACKS.items()),
    ]
    return "\n".join(lines) + "\n"


def _table(rows: list[dict]) -> list[str]:
    head = ["Row", "Rule", "For", "Length", "Counted", "Kind", "Source", "Certainty", "Live", "Note"]
    lines = [_line(head), _line(["---"] * len(head))]
    for row in rows:
        length = row["length"]
        if row["local"]:
            own = "; ".join(f"{part['length']} from {part['starts_on']}" for part in row["local"])
            length += f" (here: {own})"
        lines.append(
            _line(
                [
                    str(row["row"] or ""),
                    row["title"],
                    row["applies_to"],
                    length,
                    row["counting"].replace("_", " "),
                    row["label"],
                    row["source_label"],
                    row["certainty"],
                    "yes" if row["live"] else "no",
                    row["note"],
                ]
            )
        )
    return lines


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def tools_as_markdown(tools: tuple[Tool, ...] = TOOLS) -> str:
    """Every rating tool with its questions and what follows from them."""
    lines = ["# Rating tools", "", "A tool suggests. A named person decides, and says why when they differ."]
    for tool in tools:
        lines += ["", f"## {tool.title}", "", tool.about, ""]
        lines += [
            f"Version {tool.version}. Source: {tool.source}. Certainty: {tool.certainty}"
            + (f" (the colours: {tool.mapping_certainty})." if tool.mapping_certainty else "."),
            "",
        ]
        for item in tool.items:
            lines.append(f"- {item.question}")
            lines += [f"  - {words}" for _, words in item.options]
        lines += ["", *(f"{_follows(value)}: {words}" for value, words in _outcomes(tool))]
    return "\n".join(lines) + "\n"


def _outcomes(tool: Tool) -> list[tuple[str, str]]:
    return [(rule.value, rule.because) for rule in tool.hard_rules] + [
        (band.value, f"{band.because}.  ") for band in tool.bands
    ]


def _follows(value: str) -> str:
    return value.replace("_", " ").capitalize()
