"""One proposal's submission: organisations, files and the facts read from them. What validators look at."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from jeopsu.domain.base import Record
from jeopsu.domain.documents import FileType, TextSource
from jeopsu.domain.fields import FieldValue
from jeopsu.domain.kinds import Kind, Segment
from jeopsu.domain.problems import Problem
from jeopsu.domain.reading import FileReading
from jeopsu.domain.values import business_number, company_name


class Size(StrEnum):
    """기업 규모 as the call distinguishes it."""

    LARGE = "large"  # 대기업
    MIDSIZE = "midsize"  # 중견기업
    MIDSIZE_CANDIDATE = "midsize_candidate"  # 중견기업 후보기업
    SMALL = "small"  # 중소기업


class Organisation(Record):
    """연구개발기관: `lead` (주관) or `partner` (공동; a second one is `partner2`, …)."""

    key: str
    name: str
    aliases: tuple[str, ...] = ()
    size: Size | None = None
    business_number: str | None = None
    corporate_number: str | None = None
    representative: str | None = None

    @property
    def sole_proprietor(self) -> bool:
        """Whether it surely is a person's firm (개인사업자): by its number, and no name of a company's form."""
        number = self.business_number
        return bool(number and business_number.of_a_person(number) and not company_name.has_legal_form(self.name))


class Status(StrEnum):
    READ = "read"
    PARTLY_READ = "partly_read"
    UNREADABLE = "unreadable"
    SUPERSEDED = "superseded"


class IdentifiedBy(StrEnum):
    NAME = "name"
    CONTENT = "content"
    BOTH = "both"
    NONE = "none"


class SubmittedFile(Record):
    """One uploaded file and what it turned out to be."""

    name: str
    sha256: str
    bytes: int
    type: FileType
    pages: int = 0
    document: int | None = None  # the call's number
    kind: Kind | None = None
    part: str | None = None  # document 13: "bizreg" or "registry"
    identified_by: IdentifiedBy = IdentifiedBy.NONE
    organisation: str | None = None  # whose content it is
    claimed: str | None = None  # whose it is by its name
    claimed_document: int | None = None  # the document that its name says
    years: tuple[int, ...] = ()  # fiscal years that its name says
    name_extra: str = ""  # what its name has beyond the rule: "_최종", " (1)"
    status: Status = Status.READ
    problems: tuple[Problem, ...] = ()
    text_source: TextSource = TextSource.NONE
    segments: tuple[Segment, ...] = ()
    uploaded: datetime | None = None
    superseded_by: str | None = None

    def with_problem(self, problem: Problem) -> SubmittedFile:
        """The file with one more problem; the same one is not said twice."""
        if any(p.code is problem.code for p in self.problems):
            return self
        return self.model_copy(update={"problems": (*self.problems, problem)})

    @property
    def stem(self) -> str:
        """The name without what it has beyond the rule: one for all files of a paper ("…(1).pdf", "…(2).pdf")."""
        return self.name.replace(self.name_extra, "") if self.name_extra else self.name


class NameReading(Record):
    """What a file name says, by the call's rule for names (공고 7)."""

    file: str  # as submitted
    document: int | None = None
    part: str | None = None
    kind: Kind | None = None  # a hint for the reader; content wins
    by_project: bool = False  # the document is given once for the project, under the lead's name
    years: tuple[int, ...] = ()  # fiscal years written in the title
    title: str = ""  # the words that stand for the title
    organisation: str = ""  # the words that stand for the organisation
    extra: str = ""  # what follows the organisation: "_최종", " (1)"
    extension: str = ""  # lower case, without the dot
    problems: tuple[Problem, ...] = ()


class Upload(Record):
    """One uploaded file with what its name and its content say: what identification starts from."""

    name: str
    sha256: str
    bytes: int
    uploaded: datetime | None = None
    name_reading: NameReading
    reading: FileReading


class Registration(Record):
    """The applicant's online entry (전산 등록), where it was given (`--registration`). Money in won."""

    title: str | None = None
    lead_name: str | None = None
    partner_name: str | None = None
    lead_researcher: str | None = None
    start: str | None = None
    end: str | None = None
    government: int | None = None
    cash: int | None = None
    in_kind: int | None = None
    total: int | None = None


class StaffFact(Record):
    """A fact only staff can give (NTIS, 신용정보 …): entered once, with who, when and where it was looked up."""

    fact: str  # the call's staff input id
    organisation: str | None
    value: str | int | bool
    by: str
    at: datetime
    source: str = ""


class Submission(Record):
    """Everything known of one proposal when its rules are run."""

    proposal: str
    title: str | None = None
    received: datetime | None = None  # final submission; None: not known
    organisations: tuple[Organisation, ...] = ()
    files: tuple[SubmittedFile, ...] = ()
    fields: tuple[FieldValue, ...] = ()
    registration: Registration | None = None
    facts: tuple[StaffFact, ...] = ()
