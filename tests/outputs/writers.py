"""All that we write, by name: each format, and the variants that say the same in another dialect or version."""

from syndicate.outputs import FORMATS, Variant


def _named(name: str) -> dict[str, Variant]:
    form = FORMATS[name]
    same = form.variants.items() if form.parameter in ("dialect", "version") else ()
    return {name: form} | {f"{name}-{asked}": one for asked, one in same if one.render_item != form.render_item}


WRITERS: dict[str, Variant] = {name: writer for form in FORMATS for name, writer in _named(form).items()}
JSON = [name for name, writer in WRITERS.items() if writer.media_type.endswith("json")]


def extension(name: str) -> str:
    return FORMATS[name.partition("-")[0]].extension
