"""The project around a task: structures, entities, enums, variables and logics as Natural TS declarations."""

from dataclasses import dataclass, replace
from random import Random
from typing import Any

from naslforge.synth.families.values import draw
from naslforge.synth.vocabulary import Domain, Entity, Enum, Field

NEEDS = {
    "number": ("money", "measure", "count"), "decimal": ("money", "measure"), "money": ("money",), "count": ("count",),
    "group": ("word", "city", "person"), "text": ("word", "city", "person", "code"), "word": ("word", "city"),
    "person": ("person",), "date": ("date",), "datetime": ("datetime",), "when": ("date", "datetime"),
    "enum": ("enum",), "flag": ("flag",), "code": ("code",), "plain": ("word", "city", "enum", "flag"),
}  # fmt: skip
COMPOSED_SHARE = 0.35
ENTITIES = "app.dataSources.defaultDS.entities"


class Unfit(Exception):
    """The domain, or this draw from it, has nothing that fits a family."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A structure or an entity with the fields that one task shows."""

    name: str
    label: str
    fields: tuple[Field, ...]
    stored: bool = False
    required: tuple[str, ...] = ()
    defaults: tuple[tuple[str, str], ...] = ()

    @property
    def type(self) -> str:
        """The full type name."""
        return f"{ENTITIES}.{self.name}" if self.stored else f"app.structures.{self.name}"

    @property
    def table(self) -> str:
        """The table object of an entity."""
        return f"{ENTITIES}.{self.name}Entity"

    @property
    def variable(self) -> str:
        """The name that code gives one row."""
        return self.name[0].lower() + self.name[1:]

    @property
    def english(self) -> str:
        """The name as lower-case words."""
        return Entity(self.name, self.label, ()).english

    def row(self, rng: Random, domain: Domain, **given: Any) -> dict[str, Any]:
        """A random row; `given` values win."""
        return {f.name: given[f.name] if f.name in given else draw(f, rng, domain) for f in self.fields}

    def rows(self, rng: Random, domain: Domain, count: int) -> list[dict[str, Any]]:
        """Random rows; stored ones are numbered from 1."""
        rows = [self.row(rng, domain) for _ in range(count)]
        return [{"id": number, **row} for number, row in enumerate(rows, 1)] if self.stored else rows

    def text(self) -> str:
        """The declaration, without its namespace."""
        lines = [f"@Entity({{ description: '{self.label}' }})"] if self.stored else [f"/** {self.label} */"]
        lines.append(f"export class {self.name} {{")
        if self.stored:
            lines.append("  @Property({ primaryKey: true, generationRule: 'auto' }) id: Long;")
        lines += [f"  {self._property(f)}" for f in self.fields]
        return "\n".join([*lines, "}"])

    def _property(self, field: Field) -> str:
        default = dict(self.defaults).get(field.name)
        tail = f"{field.name}: {field.type}{f' = {default}' if default else ''};"
        if not self.stored:
            return f"/** {field.label} */ {tail}"
        required = "required: true, " if field.name in self.required else ""
        return f"@Property({{ {required}label: '{field.label}' }}) {tail}"


@dataclass(frozen=True, slots=True)
class Variable:
    """A server variable of the project."""

    name: str
    type: str
    value: str
    label: str

    def text(self) -> str:
        """The declaration, without its namespace."""
        return f"/** {self.label} @scope application */\nexport let {self.name}: {self.type} = {self.value};"


@dataclass(frozen=True, slots=True)
class Logic:
    """A logic that the project already has, with its whole text."""

    source: str

    def text(self) -> str:
        """The declaration, without its namespace."""
        return self.source


Declaration = Shape | Enum | Variable | Logic


def declare(declarations: tuple[Declaration, ...]) -> str:
    """The declarations as namespaces, entities first."""
    rooms: dict[str, list[str]] = {}
    for item in declarations:
        rooms.setdefault(_namespace(item), []).append(_enum_text(item) if isinstance(item, Enum) else item.text())
    order = (ENTITIES, "app.structures", "app.enums", "app.backend.variables", "app.logics")
    inner = {name: _indent("\n\n".join(items)) for name, items in rooms.items()}
    return "\n\n".join(f"export namespace {name} {{\n{inner[name]}\n}}" for name in order if name in inner)


def _namespace(item: Declaration) -> str:
    match item:
        case Shape():
            return ENTITIES if item.stored else "app.structures"
        case Enum():
            return "app.enums"
        case Variable():
            return "app.backend.variables"
    return "app.logics"


def _enum_text(enum: Enum) -> str:
    members = [f"  /** {label} */ {name} = '{name}'," for name, label in enum.members]
    return "\n".join([f"/** {enum.label} */", f"export enum {enum.name} {{", *members, "}"])


def _indent(text: str) -> str:
    return "\n".join("  " + line if line else line for line in text.split("\n"))


def enums_of(domain: Domain, *shapes: Shape) -> tuple[Enum, ...]:
    """The enums that the shapes' fields use, each once."""
    names = dict.fromkeys(f.limits[0] for shape in shapes for f in shape.fields if f.kind == "enum")
    return tuple(domain.enum(name) for name in names)


def choose(rng: Random, domain: Domain, needs: tuple[str, ...], stored: bool = False, linked: bool = False,
           extra: int = 2) -> tuple[Shape, list[Field]]:  # fmt: skip
    """An object of the domain shown with a field for each need and up to `extra` others; gives both.

    `linked` asks for an entity with a parent and shows its key field. Composed fields may stand in for numbers
    and dates. Raises Unfit when no object of the domain has such fields.
    """
    entities = [e for e in domain.entities if e.link] if linked else list(domain.entities)
    for entity in rng.sample(entities, len(entities)):
        found = _fill(rng, domain, entity, needs)
        if found is None:
            continue
        rest = [f for f in entity.fields if f not in found and f.kind != "enum"]
        shown = {*found, *rng.sample(rest, min(len(rest), rng.randint(0, extra)))}
        order = [f for f in entity.fields if f in shown] + [f for f in found if f not in entity.fields]
        link = (entity.link,) if linked and entity.link else ()
        return Shape(entity.name, entity.label, (*link, *order), stored), found
    raise Unfit(f"no object of {domain.name} has {', '.join(needs)}")


def _fill(rng: Random, domain: Domain, entity: Entity, needs: tuple[str, ...]) -> list[Field] | None:
    found: list[Field] = []
    for need in needs:
        kinds = NEEDS[need]
        own = [f for f in entity.fields if f.kind in kinds and f not in found]
        made = [f for f in domain.composed() if f.kind in kinds and f not in found]
        if made and (not own or rng.random() < COMPOSED_SHARE):
            own = made
        if not own:
            return None
        found.append(rng.choice(own))
    return found


def parent_of(rng: Random, domain: Domain, child: Shape, needs: tuple[str, ...]) -> tuple[Shape, list[Field]]:
    """The entity that a linked child refers to, shown with a field for each need.

    Raises Unfit when it has no such fields.
    """
    entity = domain.entity(domain.entity(child.name).parent or "")
    found = _fill(rng, domain, entity, needs)
    if found is None:
        raise Unfit(f"{entity.name} has no {', '.join(needs)}")
    order = [f for f in entity.fields if f in found] + [f for f in found if f not in entity.fields]
    return Shape(entity.name, entity.label, tuple(order), True), found


def copy_shape(shape: Shape, name: str, label: str, fields: tuple[Field, ...]) -> Shape:
    """A structure made after another shape."""
    return replace(shape, name=name, label=label, fields=fields, stored=False)
