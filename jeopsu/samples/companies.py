"""Invented companies and people. Names are put together from words that no register is known to hold together."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from jeopsu.domain.base import Record
from jeopsu.domain.values import business_number, corporate_number

_FIRST = (
    "온새미",
    "다솜마루",
    "늘해랑",
    "가람슬기",
    "아라누리",
    "미리내울",
    "푸른솔아",
    "한별나래",
    "새론빛",
    "도담여울",
)
_MAKERS = (
    ("정밀", "자동차 조향부품", "제조업"),
    ("기전", "산업용 전동기", "제조업"),
    ("케미칼", "기능성 도료", "제조업"),
    ("금속", "알루미늄 압출재", "제조업"),
    ("식품", "냉동 조리식품", "제조업"),
)
_SUPPLIERS = (
    ("데이터랩", "제조 데이터 분석 솔루션", "정보통신업"),
    ("소프트", "예지보전 소프트웨어", "정보통신업"),
    ("아이티", "수요예측 플랫폼", "정보통신업"),
)
_FAMILY = "김이박최정강조윤장임한오서신권황안송류홍"
_GIVEN = (
    "도윤", "서준", "하준", "지호", "예준", "민재", "현우", "승민", "재훈", "태성",
    "서연", "지우", "하은", "수빈", "예린", "채원", "은서", "가영", "소율", "나윤",
)  # fmt: skip
_PLACES = (
    ("경상남도 창원시 성산구 남면로", "1914", "창원지방법원 등기국", "창원세무서장"),
    ("충청북도 청주시 흥덕구 옥산산단길", "1501", "청주지방법원 등기과", "청주세무서장"),
    ("경기도 안산시 단원구 해봉로", "1311", "수원지방법원 안산지원 등기과", "안산세무서장"),
    ("대전광역시 유성구 테크노중앙로", "1601", "대전지방법원 등기국", "북대전세무서장"),
    ("광주광역시 광산구 하남산단로", "2001", "광주지방법원 등기국", "광산세무서장"),
)


_SIZES = {"large": "대기업", "midsize": "중견기업", "midsize_candidate": "중견기업 후보기업", "small": "중소기업"}


class Company(Record):
    """연구개발기관 as its papers describe it. Numbers are digits only; money is won."""

    key: str  # "lead" | "partner"
    name: str
    file_name: str  # the form used in file names
    size: str  # "midsize" | "small"; bent also "large" | "midsize_candidate"
    business_number: str
    corporate_number: str
    representative: str
    representative_birth: date
    founded: date
    address: str
    industry: str
    item: str
    employees: int
    capital_stock: int
    par_value: int
    registry_office: str
    tax_office: str
    auditor: str  # 회계법인, or 세무회계사무소
    auditor_name: str

    @property
    def short(self) -> str:
        return self.name.replace("주식회사", "").strip()

    @property
    def size_words(self) -> str:
        return _SIZES[self.size]

    @property
    def brn(self) -> str:
        return business_number.shown(self.business_number)

    @property
    def crn(self) -> str:
        return corporate_number.shown(self.corporate_number)


def invent_business_number(rng: Random) -> str:
    """Ten digits of a company's head office (middle 81, 86, 87 or 88) with a right check digit."""
    nine = f"{rng.randint(101, 899)}{rng.choice(('81', '86', '87', '88'))}{rng.randint(1000, 9999)}"
    return next(nine + str(d) for d in range(10) if business_number.check_digit_fits(nine + str(d)))


def invent_corporate_number(rng: Random, office: str) -> str:
    """Thirteen digits: registry office, 11 for a stock company, serial, check digit."""
    twelve = f"{office}11{rng.randint(100000, 999999)}"
    return next(twelve + str(d) for d in range(10) if corporate_number.check_digit_fits(twelve + str(d)))


def invent_name(rng: Random, taken: set[str]) -> str:
    while True:
        name = rng.choice(_FAMILY) + rng.choice(_GIVEN)
        if name not in taken:
            taken.add(name)
            return name


def invent_date(rng: Random, first: date, last: date) -> date:
    return first + timedelta(days=rng.randrange((last - first).days + 1))


def make_companies(rng: Random, taken: set[str]) -> tuple[Company, Company]:
    """주관 (a mid-size maker) and 공동 (a small supplier of software)."""
    firsts = rng.sample(_FIRST, 2)
    places = rng.sample(_PLACES, 2)
    made = []
    for key, first, place in zip(("lead", "partner"), firsts, places, strict=True):
        lead = key == "lead"
        last, item, industry = rng.choice(_MAKERS if lead else _SUPPLIERS)
        before = rng.random() < 0.6
        name = f"주식회사 {first}{last}" if before else f"{first}{last} 주식회사"
        short = f"{first}{last}"
        par = 5000 if lead else rng.choice((500, 1000))
        shares = rng.randrange(1_200_000, 3_000_000, 20_000) if lead else rng.randrange(200_000, 600_000, 10_000)
        made.append(
            Company(
                key=key,
                name=name,
                file_name=rng.choice((short, f"㈜{short}", f"(주){short}")),
                size="midsize" if lead else "small",
                business_number=invent_business_number(rng),
                corporate_number=invent_corporate_number(rng, place[1]),
                representative=invent_name(rng, taken),
                representative_birth=invent_date(rng, date(1958, 1, 1), date(1972, 12, 31)),
                founded=invent_date(rng, date(1984, 1, 1), date(2006, 12, 31))
                if lead
                else invent_date(rng, date(2009, 1, 1), date(2015, 12, 31)),
                address=f"{place[0]} {rng.randint(11, 480)}" + ("" if lead else f", {rng.randint(201, 1409)}호"),
                industry=industry,
                item=item,
                employees=rng.randint(320, 780) if lead else rng.randint(24, 96),
                capital_stock=par * shares,
                par_value=par,
                registry_office=place[2],
                tax_office=place[3],
                auditor=rng.choice(("해오름회계법인", "다온누리회계법인", "늘푸름회계법인"))
                if lead
                else rng.choice(("다빈세무회계사무소", "솔빛세무회계사무소")),
                auditor_name=invent_name(rng, taken),
            )
        )
    return made[0], made[1]
