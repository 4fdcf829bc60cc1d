"""Korean words for codes that pages show. English stands beside them in `locale/en.tsv`."""

from __future__ import annotations

WORDS = {
    # outcomes
    "pass": "적합",
    "fail": "부적합",
    "undetermined": "확인 필요",
    "not_applicable": "해당 없음",
    # what became of a point
    "open": "미결",
    "stale": "다시 확인",
    "second": "2인 확인 대기",
    "settled": "처리함",
    "alone": "자동",
    # effects
    "exclude": "사전지원제외",
    "may_exclude": "사전지원제외 가능",
    "score": "우대·감점",
    "information": "참고",
    # decisions
    "agree": "판정대로",
    "override": "판정 변경",
    "undo": "되돌림",
    "confirm": "값 확인",
    "correct": "값 정정",
    "give": "값 적음",
    "unreadable": "판독 불가",
    "absent": "이 쪽에 없음",
    "outcome": "최종 처리",
    # final outcomes
    "accept": "적격 · 평가로",
    # where a proposal or a run stands
    "empty": "파일 없음",
    "queued": "대기 중",
    "running": "읽는 중",
    "waiting": "확인 대기",
    "done": "완료",
    "failed": "오류",
    "superseded": "새 파일로 대체",
    "lost": "중단 후 재시작",
    # kinds of run
    "intake": "접수",
    "rerun": "다시 실행",
    "recheck": "규칙만 다시",
    "corrected": "담당자 확인 반영",
    # stages
    "start": "시작",
    "read": "읽음",
    "record": "기록",
    # files
    "partly_read": "일부만 읽음",
    # organisations
    "lead": "주관",
    "partner": "공동",
    # doors
    "inbox": "폴더",
    "cli": "명령",
    "site": "웹",
    "bucket": "버킷",
    # what `serve` looks at besides doors
    "pieces": "나눠 올린 파일의 접수",
    "announce": "검토 시작 알림",
    "mend": "멈춘 일의 복구",
    "tidy": "끝난 일의 정리",
    "webhooks": "나가는 알림",
    # events
    "proposal.uploaded": "파일 접수",
    "proposal.rerun": "다시 실행 요청",
    "proposal.decided": "규칙 재평가 요청",
    "proposal.waiting": "다시 대기",
    "run.done": "검토 완료",
    "run.failed": "검토 오류",
    "run.superseded": "새 파일로 대체",
    "decision": "결정",
    "receipt": "접수증 발급",
    # how a value was read
    "digital": "글자층",
    "ocr": "문자인식",
    "mixed": "섞임",
    "none": "없음",
    "hwp": "HWP 본문",
    "derived": "계산",
    "person": "담당자",
    # status of a value
    "confirmed": "확정",
    "uncertain": "불확실",
    "missing": "없음",
    # audit
    "login": "로그인",
    "login_failed": "로그인 실패",
    "logout": "로그아웃",
    "account": "계정",
    "assign": "담당 지정",
    "fact": "조회 결과",
    "upload": "파일 올림",
    "export": "내보냄",
    "sample": "표본 점검",
    "webhook": "알림 다시 보냄",
    # roles
    "applicant": "신청자",
    "reviewer": "검토자",
    "lead_reviewer": "책임 검토자",
    "auditor": "감사자",
    "operator": "운영자",
    # documents matrix
    "there": "있음",
    "gone": "없음",
    "wrong": "문제",
    "old": "대체됨",
    "maybe": "확인",
}
# Why something came out otherwise in a later run.
CAUSES = {
    "file": "파일",
    "code": "프로그램",
    "engine": "판독기",
    "call": "공고",
    "fact": "조회 결과",
    "value": "값",
}
# What became of a notice that knocked, or of our own look at a door.
KNOCKS = {
    "taken": "받음",
    "token": "열쇠가 틀림",
    "broken": "읽을 수 없음",
    "storage": "저장소 응답 없음",
    "fails": "닿지 못함",
    "works": "다시 닿음",
}
# A code may mean two things: "supplement" the verdict, the effect and the decision are all 보완.
VERDICTS = {
    "clear": "이상 없음",
    "supplement": "보완 필요",
    "exclusion_possible": "제외 가능",
    "excluded": "제외 대상",
    "undetermined": "확인 필요",
    "exclude": "제외",
    "accept": "적격 · 평가로",
}
WORDS["supplement"] = "보완 요청"
EFFECTS = WORDS | {"supplement": "보완"}
