"""The pages of outlets: an agreement as a form, told in words, refused at its fields, and nothing typed is lost."""

from datetime import UTC, datetime

import pytest

from syndicate.core.approval import Approval
from syndicate.core.edits import Part
from syndicate.core.grants import Period, Quota
from syndicate.core.newsroom import PicturePolicy
from syndicate.core.policy import Page
from syndicate.service import read
from syndicate.web.desk import outlet_form
from tests.desk.asked import counting

AGREED = {
    "name": "OC Media",
    "domain": "oc-media.org",
    "timezone": "Asia/Tbilisi",
    "ends": "2027-01-31",
    "embargo_hours": "24",
    "quota": "20",
    "period": "month",
    "excerpt_only": "yes",
    "fetch_pages": "yes",
    "corrections": "yes",
    "approval-0-which": "some",
    "approval-0-sections": "Sport;  Culture & arts;",
    "approval-0-after": "22:00",
    "approval-0-before": "06:00",
    "approval-1-which": "",
    "approval-1-sections": "",
    "may_edit": ["headline", "body_html"],
    "pictures": "none",
    "cleared_credits": "AFP\n\n Getty  Images \nAFP",
    "territory": "am\nGE",
    "block_subscriber": "",
    "page": "noindex",
    "credit-0-language": "hy",
    "credit-0-text": "Աղբյուրը՝ {site}[, {date}]",
    "credit-1-language": "",
    "credit-1-text": "First in {outlet}.",
    "remove_selector": ".promo",
    "remove_text": "",
}
ADDRESS = "/desk/outlets/oc-media"


def kept(desk):
    return read.outlet(desk.store, "oc-media")


def test_an_agreement_is_kept_as_it_was_typed(desk):
    answer = desk.signed_in("admin").post(ADDRESS, **AGREED)
    assert (answer.status_code, answer.location) == (303, ADDRESS)
    outlet = kept(desk)
    agreement = outlet.agreement
    assert agreement.ends == datetime(2027, 1, 31, 20, tzinfo=UTC)  # the last day is over in Tbilisi
    assert (agreement.embargo_hours, agreement.excerpt_only, agreement.fetch_pages) == (24, True, True)
    assert agreement.approvals == (Approval(sections=("Sport", "Culture & arts"), after="22:00", before="06:00"),)
    assert agreement.may_edit == (Part.HEADLINE, Part.BODY)
    assert (agreement.pictures, agreement.page) == (PicturePolicy.NONE, Page.NOINDEX)
    assert agreement.quota == Quota(20, Period.MONTH)
    assert agreement.territories == ("AM", "GE")
    assert agreement.cleared_credits == ("AFP", "Getty Images")
    assert outlet.credit_templates == {"hy": "Աղբյուրը՝ {site}[, {date}]", "en": "First in {outlet}."}
    assert outlet.furniture.selectors == (".promo",)
    with desk.store.read() as tx:
        assert [(act.what, act.who) for act in tx.audit.page(limit=1)] == [("outlet-set", "admin@news.example")]


def test_what_is_kept_is_shown_and_kept_again_unchanged(desk):
    admin = desk.signed_in("admin")
    admin.post(ADDRESS, **AGREED)
    first = kept(desk)
    page = admin.get(ADDRESS).text
    assert 'value="2027-01-31"' in page
    assert "Without an editor go stories of Sport or Culture &amp; arts from 22:00 to 06:00" in page
    admin.post(ADDRESS, **outlet_form.shown(first).typed)
    assert kept(desk) == first


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("ends", "soon"),
        ("embargo_hours", "a day"),
        ("embargo_hours", "9000"),
        ("timezone", "Tbilisi"),
        ("domain", "not a site"),
        ("name", ""),
        ("pictures", "some"),
        ("page", "gone"),
        ("approval-0-sections", " ; "),
        ("credit-0-text", "Nobody said it."),
        ("credit-1-text", "{outlet} on {day}"),
        ("remove_selector", ":::"),
        ("quota", "many"),
        ("territory", "Armenia"),
        ("block_subscriber", "nobody"),
    ],
)
def test_a_wrong_value_is_told_at_its_field_and_nothing_typed_is_lost(desk, field, typed):
    before = kept(desk)
    answer = desk.signed_in("admin").post(ADDRESS, **{**AGREED, field: typed})
    assert answer.status_code == 422
    assert f'id="{field}-wrong"' in answer.text
    assert "Getty  Images" in answer.text
    assert "[, {date}]" in answer.text or field == "credit-0-text"
    assert kept(desk) == before


def test_a_time_of_day_alone_is_told_beside_the_rules(desk):
    answer = desk.signed_in("admin").post(ADDRESS, **{**AGREED, "approval-0-before": ""})
    assert answer.status_code == 422
    assert "Two different times of day" in answer.text


def test_what_it_would_mean_is_shown_and_nothing_is_kept(desk):
    before = kept(desk)
    answer = desk.signed_in("admin").post(ADDRESS, **AGREED, look="yes")
    assert answer.status_code == 200
    assert "A story may appear 24 hours after OC Media has published it." in answer.text
    assert "Աղբյուրը՝ " in answer.text
    assert kept(desk) == before


def test_the_credit_is_shown_as_it_would_print_under_the_newest_story(desk):
    desk.house.push(url="https://oc-media.org/newest/", first_published="2026-03-03")
    answer = desk.signed_in("admin").post(ADDRESS, **{**AGREED, "credit-1-text": "In {site} on {date}."}, look="yes")
    assert "In oc-media.org on March 3, 2026." in answer.text


@pytest.mark.parametrize("role", ["viewer", "editor"])
def test_only_admins_keep_outlets_and_the_others_may_look(desk, role):
    visitor, before = desk.signed_in(role), kept(desk)
    assert visitor.post(ADDRESS, **AGREED).status_code == 403
    assert visitor.post(ADDRESS, **AGREED, look="yes").status_code == 403
    assert visitor.post("/desk/outlets", name="New", slug="new").status_code == 403
    assert visitor.post(f"{ADDRESS}/remove").status_code == 403
    assert visitor.get(ADDRESS).status_code == 200
    assert visitor.get("/desk/outlets").status_code == 200
    assert (kept(desk), len(read.outlets(desk.store))) == (before, 1)


def test_whoever_looks_at_a_story_reads_what_was_agreed_and_until_when_it_waits(desk):
    admin, story_id = desk.signed_in("admin"), desk.house.push().id
    admin.post(ADDRESS, **{**AGREED, "embargo_hours": "720"})
    page = desk.signed_in("viewer").get(f"/desk/stories/{story_id}").text
    assert "A story may appear 720 hours after OC Media has published it." in page
    assert 'datetime="2026-04-02T20:00:00+00:00"' in page or "2026-04-03T00:00:00+04:00" in page


def test_a_form_of_another_page_changes_nothing(desk):
    before = kept(desk)
    assert desk.signed_in("admin").post(ADDRESS, token="0" * 64, **AGREED).status_code == 403
    assert kept(desk) == before


def test_an_outlet_is_added_and_removed(desk):
    admin = desk.signed_in("admin")
    assert admin.post("/desk/outlets", name="Globe", slug="globe").location == "/desk/outlets/globe"
    again = admin.post("/desk/outlets", name="Globe again", slug="globe")
    assert (again.status_code, "Globe again" in again.text) == (409, True)
    wrong = admin.post("/desk/outlets", name="Times", slug="The Times")
    assert (wrong.status_code, 'id="slug-wrong"' in wrong.text) == (422, True)
    assert admin.post("/desk/outlets/globe/remove").location == "/desk/outlets"
    assert admin.get("/desk/outlets/globe").status_code == 404


def test_an_outlet_with_stories_stays(desk):
    desk.house.push()
    assert desk.signed_in("admin").post(f"{ADDRESS}/remove").status_code == 409
    assert kept(desk)


def test_the_list_tells_health_in_as_many_questions_for_one_outlet_as_for_many(desk):
    desk.house.push()
    viewer = desk.signed_in("viewer")
    with counting(desk.store) as few:
        assert "2 days ago" in viewer.get("/desk/outlets").text
    admin = desk.signed_in("admin")
    for number in range(12):
        admin.post("/desk/outlets", name=f"Outlet {number}", slug=f"outlet-{number}")
    viewer.get("/desk/outlets")
    with counting(desk.store) as many:
        assert "Outlet 11" in viewer.get("/desk/outlets").text
    assert len(many) == len(few)


def test_the_words_follow_what_is_typed(site):
    page = site.page("admin").visit(ADDRESS)
    page.tab.get_by_label("Embargo in hours").fill("36")
    page.tab.get_by_text("A story may appear 36 hours after OC Media has published it.").wait_for()
    assert page.tab.evaluate("document.activeElement.name") == "embargo_hours"
    page.tab.get_by_label("An excerpt only").check()
    page.tab.get_by_text("Stories appear as a summary with the whole credit.").wait_for()
    page.judge()
    page.tab.get_by_role("button", name="Keep", exact=True).click()
    page.tab.get_by_text("The agreement with OC Media is kept.").wait_for()
    page.shoot("outlet-kept")
    assert kept(site.desk).agreement.embargo_hours == 36


def test_without_javascript_a_button_says_what_it_means(site):
    page = site.page("admin", java_script_enabled=False).visit(ADDRESS)
    page.tab.get_by_label("Embargo in hours").fill("36")
    page.tab.get_by_role("button", name="Only show what this means").click()
    page.tab.get_by_text("A story may appear 36 hours after OC Media has published it.").wait_for()
    assert page.tab.get_by_label("Embargo in hours").input_value() == "36"
    assert kept(site.desk).agreement.embargo_hours == 0
