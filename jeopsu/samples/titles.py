"""The titles of the call's documents as they stand in file names (공고 7: [서식-N] 서식명_연구개발기관명.확장자).

`/` cannot stand in a file name; `·` takes its place.
"""

TITLES: dict[int, str] = {
    1: "온라인 제출 최종 확인서",
    2: "연구개발계획서",
    3: "우대·감점사항 확인서, 증빙서류",
    4: "안전관리형 과제 자가점검표",
    5: "과제 참여자 인건비계상률 및 참여과제 수 확인서",
    6: "협력사·계열사 솔루션 도입 확약서",
    7: "비식별 데이터 공개 동의서",
    8: "연구개발기관의 신청자격 적정성 확인서 및 증빙서류",
    9: "연구개발기관 대표의 참여의사 확인서",
    10: "과제 참여자의 개인정보·과세정보 이용·제공 동의 및 청렴서약서",
    11: "과제 보안등급 자가점검표",
    12: "연구개발기관 책임자의 재직증명서",
    13: "사업자등록증, 법인등기부등본",
    14: "최근 3개년 회계감사보고서 또는 결산재무제표 확인원",
    15: "중견기업 확인서",
    16: "연구시설·장비 구입 및 활용계획서",
    17: "외주 용역 활용계획서",
    18: "신규 참여연구자 채용(예정) 확인서",
    19: "시약·재료구입 및 활용계획서",
}


def file_name(number: int, title: str, organisation: str, extension: str = "pdf") -> str:
    return f"[서식-{number}] {title}_{organisation}.{extension}"
