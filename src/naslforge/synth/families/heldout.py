"""What is never trained on: families and business domains kept for evaluation."""

HELD_OUT_FAMILIES = (
    "text-last-segment", "number-spread", "date-days-left", "list-running-total", "map-merge", "struct-best",
    "flow-can-move", "crud-change-number", "query-total-where",
)  # fmt: skip
HELD_OUT_DOMAINS = ("property", "retail", "school", "tickets")
