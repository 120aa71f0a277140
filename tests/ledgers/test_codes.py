from __future__ import annotations

from pathlib import Path

import pytest

from fupin_audit import resources
from fupin_audit.errors import RuleError
from fupin_audit.ledgers.types import codes
from fupin_audit.ledgers.types.codes import CodeList, code_list, code_lists

LISTS = list(code_lists().values())


@pytest.mark.parametrize("listed", LISTS, ids=range(len(LISTS)))
def test_a_list_contradicts_itself_nowhere(listed: CodeList) -> None:
    labels = set(listed.labels)
    assert len(labels) == len(listed.labels) > 0
    named = {*listed.synonyms, *listed.alone, *(label for group in listed.groups.values() for label in group)}
    assert named <= labels
    for other, mapping in listed.maps.items():
        assert set(mapping) <= labels
        assert set(mapping.values()) <= set(code_list(other).labels)


@pytest.mark.parametrize("listed", LISTS, ids=range(len(LISTS)))
def test_every_spelling_stands_for_one_label(listed: CodeList) -> None:
    assert {label: listed.find(label) for label in listed.labels} == {label: label for label in listed.labels}
    for label, spellings in listed.synonyms.items():
        assert {listed.find(spelling) for spelling in spellings} == {label}


def test_both_generations_of_pupils_have_a_stage() -> None:
    pupils = code_list("在校生状况")
    assert {*pupils.maps["学段"], *pupils.groups["不在校"]} == set(pupils.labels)
    assert pupils.maps["学段"]["高中一年级"] == pupils.maps["学段"]["普通高中一年级"] == "高中"
    assert pupils.blank_since_2021 == "非在校生"


def test_relations_are_male_or_female_or_either() -> None:
    relation = code_list("与户主关系")
    either = {"户主", "配偶", "其他", "之兄弟姐妹", "父母", "子女", "祖父母", "孙子女"}
    assert {*relation.groups["男"], *relation.groups["女"], *either} == set(relation.labels)
    assert not set(relation.groups["男"]) & set(relation.groups["女"])


@pytest.mark.parametrize(
    ("name", "text", "label"),
    [
        ("与户主关系", "子女", "子女"),
        ("与户主关系", "子/女", "子女"),
        ("改造方式", "拆除重建", "翻建"),
        ("改造方式", "选址重建", "新建"),
        ("公益岗位", "乡村公益性岗位", "其他"),
        ("公益岗位", "保洁", "保洁员"),
    ],
)
def test_what_offices_write_is_known(name: str, text: str, label: str) -> None:
    assert code_list(name).find(text) == label


def test_peoples_are_56_and_others() -> None:
    assert len(code_list("民族").labels) == 57


def test_nearest() -> None:
    assert code_list("致贫原因").nearest("缺技朮") == "缺技术"
    assert code_list("致贫原因").nearest("qqq") == ""


def test_an_unknown_list_is_named() -> None:
    with pytest.raises(RuleError, match="性別"):
        code_list("性別")


@pytest.mark.parametrize("text", ["性别: {labels: 男}", "性别: [男, 女]", "性别: {lables: [男]}", "a: [", ""])
def test_a_malformed_file_is_refused(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "codes.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(codes, "folder", lambda name: tmp_path)
    with pytest.raises(RuleError, match=r"codes\.yaml"):
        code_lists.__wrapped__()


def test_the_installed_file_is_the_one_in_rules() -> None:
    assert (resources.folder("rules") / "codes.yaml").is_file()
