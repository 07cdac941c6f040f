"""Prose is known as prose in scripts that set no blanks between words, or no mark behind a sentence."""

import pytest

from cleanwire.text.shape import is_sentence


@pytest.mark.parametrize(
    "line",
    [
        "鐘は毎朝七時に、当番の家の人が鳴らすことになっている。",
        "「来年もまた、この港でみんなに会えるのを楽しみにしています」",
        "茶馆的掌柜说，茶还是从前的价钱，一壶两块，可以坐一天。",
        "市长在信里列出了三点要求，请各位代表在周五以前答复：",
        "책은 주민들이 한 권씩 내놓은 것이라고 이장은 말했다.",
        "เขากล่าวว่าสะพานแห่งนี้จะเปิดใช้งานในเดือนหน้า หลังจากที่ล่าช้ามานานกว่าสองปี",
    ],
)
def test_prose_is_prose(line: str) -> None:
    assert is_sentence(line)


@pytest.mark.parametrize(
    "line",
    [
        "「港の橋」来月開通へ",
        "首页 新闻 体育 娱乐 财经",
        "정치 경제 사회 문화 스포츠 연예",
        "ข่าว การเมือง เศรษฐกิจ กีฬา บันเทิง ต่างประเทศ",
        "ตำรวจจับกุมผู้ต้องสงสัยได้ 2 ราย ขณะหลบหนีข้ามชายแดน",
    ],
)
def test_menus_and_headlines_are_not(line: str) -> None:
    assert not is_sentence(line)
