"""An outlet and its agreement as a form: what its fields show, and the outlet that somebody typed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC

from syndicate.core.approval import Approval
from syndicate.core.credit import check_template
from syndicate.core.errors import BadFields
from syndicate.core.newsroom import Agreement, Furniture, Outlet, PicturePolicy
from syndicate.core.permission import THE_WORK
from syndicate.core.policy import Page
from syndicate.web.desk.forms import Form, last_day, zone_named

YES = ["yes"]


def shown(outlet: Outlet) -> Form:
    """As it is kept, with one more row for a credit and for an approval."""
    agreement = outlet.agreement
    typed = {
        "slug": outlet.slug,
        "name": outlet.name,
        "domain": outlet.domain,
        "timezone": outlet.timezone,
        "ends": last_day(agreement.ends, outlet.zone or UTC),
        "embargo_hours": str(agreement.embargo_hours or ""),
        "quota": str(agreement.quota.stories) if agreement.quota else "",
        "period": agreement.quota.period.value if agreement.quota else "",
        "pictures": agreement.pictures.value,
        "page": agreement.page.value,
        "cleared_credits": "\n".join(agreement.cleared_credits),
        "territory": "\n".join(agreement.territories),
        "block_subscriber": "\n".join(agreement.blocked_subscribers),
        "remove_selector": "\n".join(outlet.furniture.selectors),
        "remove_text": "\n".join(outlet.furniture.texts),
    }
    flags = {
        "corrections": agreement.corrections_straight_through,
        "fetch_pages": agreement.fetch_pages,
        "excerpt_only": agreement.excerpt_only,
    }
    rows = dict(_rows(outlet))
    may_edit = {"may_edit": [part.value for part in agreement.may_edit]}
    ticked = {name: YES for name, is_so in flags.items() if is_so}
    return Form({**{name: [value] for name, value in (typed | rows).items()}, **ticked, **may_edit})


def read(form: Form, before: Outlet) -> Outlet:
    """The outlet that was typed over `before`, whose slug stays. Raises BadFields naming each field."""
    outlet = replace(
        before,
        name=form.line("name"),
        domain=form.line("domain"),
        timezone=form.line("timezone"),
        credit_templates=dict(_credits(form)),
        furniture=Furniture(selectors=form.lines("remove_selector"), texts=form.lines("remove_text")),
    )
    form.check()
    return replace(outlet, agreement=_agreement(form, outlet))


def _agreement(form: Form, outlet: Outlet) -> Agreement:
    agreement = replace(
        outlet.agreement,
        corrections_straight_through=form.flag("corrections"),
        fetch_pages=form.flag("fetch_pages"),
        pictures=form.choice("pictures", PicturePolicy),
        cleared_credits=form.lines("cleared_credits"),
        page=form.choice("page", Page),
        may_edit=tuple(part for part in THE_WORK if part in form.values("may_edit")),
        approvals=tuple(_approvals(form)),
        embargo_hours=form.number("embargo_hours"),
        quota=form.quota("quota", "period"),
        excerpt_only=form.flag("excerpt_only"),
        territories=tuple(code.upper() for code in form.lines("territory")),
        blocked_subscribers=form.lines("block_subscriber"),
        ends=form.end_of_day("ends", zone_named(form.line("timezone"))),
    )
    form.check()
    return agreement


def _rows(outlet: Outlet) -> Iterator[tuple[str, str]]:
    for number, (language, template) in enumerate([*outlet.credit_templates.items(), ("", "")]):
        yield f"credit-{number}-language", language
        yield f"credit-{number}-text", template
    for number, each in enumerate([*outlet.agreement.approvals, Approval()]):
        yield f"approval-{number}-sections", "; ".join(each.sections)
        yield f"approval-{number}-after", each.after
        yield f"approval-{number}-before", each.before
        yield f"approval-{number}-which", _which(each) if number < len(outlet.agreement.approvals) else ""


def _which(approval: Approval) -> str:
    return "some" if approval.sections else "all"


def _credits(form: Form) -> Iterator[tuple[str, str]]:
    for _, row in form.rows("credit"):
        language, template = form.line(f"{row}language"), form.line(f"{row}text")
        if not template:
            continue
        try:
            yield language or "en", check_template(template)
        except BadFields as error:
            for sentence in error.extra["errors"]["credit_template"]:  # type: ignore[index]
                form.refuse(f"{row}text", f"{sentence}.")


def _approvals(form: Form) -> Iterator[Approval]:
    """A row says which stories: none, all, or those of the sections beside it."""
    for _, row in form.rows("approval"):
        which = form.value(f"{row}which")
        sections = tuple(filter(None, (" ".join(each.split()) for each in form.value(f"{row}sections").split(";"))))
        if which == "some" and not sections:
            form.refuse(f"{row}sections", "Name a section, or choose all stories.")
        if which in ("some", "all"):
            yield Approval(
                sections=sections if which == "some" else (),
                after=form.line(f"{row}after"),
                before=form.line(f"{row}before"),
            )
