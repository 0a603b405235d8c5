"""The fields a register sheet may fill, what a heading for each may say, and what its cells must look like."""

from dataclasses import dataclass

# Kinds of value; `rows.cells` says which reader each goes to.
TEXT, NAME, NAME_PART, BIRTH, PAST, DAY = "text", "name", "name_part", "birth_date", "past_date", "date"


@dataclass(frozen=True, slots=True)
class Field:
    """One of our fields.

    `said`: headings that mean it, in small letters without punctuation. `holding`: words that, all found in a
    heading, suggest it. `several`: more than one column may fill it, joined by a comma.
    """

    name: str
    label: str
    kind: str
    said: tuple[str, ...]
    holding: tuple[str, ...] = ()
    several: bool = False

    @property
    def is_date(self) -> bool:
        """Do its cells hold days, whose order must be settled for the column?"""
        return self.kind in (BIRTH, PAST, DAY)


def _field(name: str, label: str, kind: str, said: str, holding: str = "", *, several: bool = False) -> Field:
    words = tuple(part.strip() for part in said.split("|"))
    return Field(name, label, kind, words, tuple(part.strip() for part in holding.split("|") if part), several)


FIELDS: tuple[Field, ...] = (
    _field(
        "name", "Name", NAME,
        "name|full name|fullname|client name|patient name|patient|client|service user|service user name|"
        "su name|child name|childs name|name of child|young person|young persons name|young person name|"
        "yp|yp name|cyp|cyp name|name of young person|name of cyp|pupil name|name of patient|"
        "name surname forename|surname forename|surname and forename|forename surname|"
        "forename and surname|name first last|person|child",
    ),
    _field(
        "given_name", "Given name", NAME_PART,
        "given name|given names|forename|forenames|first name|first names|firstname|christian name|fname|"
        "yp first name|child first name|childs forename|child forename|patient forename|first",
    ),
    _field(
        "family_name", "Family name", NAME_PART,
        "family name|surname|last name|lastname|second name|yp surname|child surname|childs surname|"
        "patient surname|lname|last",
    ),
    _field(
        "known_as", "Known as", TEXT,
        "known as|preferred name|likes to be called|nickname|aka|alias|prefers",
    ),
    _field(
        "birth_date", "Date of birth", BIRTH,
        "dob|d o b|date of birth|birth date|birthdate|born|birthday|dob dd mm yyyy|dob mm dd yyyy|"
        "date birth|patient dob|yp dob|child dob",
        "dob|date birth",
    ),
    _field(
        "nhs_number", "NHS number", "nhs_number",
        "n h s no|n h s number|nhs number|nhs no|nhs num|nhs|nhsno|nhs id|nhs no number|nhs nr|nhs n o|"
        "nhs number or hospital number",
        "nhs number|nhs no",
    ),
    _field(
        "diagnosis", "Diagnosis", "diagnosis",
        "diagnosis|diagnoses|dx|asc ld|ld asc|ld asd|asd ld|ld or asc|autism ld|ld autism|lda|condition|"
        "primary diagnosis|diagnosis ld asc|diagnosis ld autism|asc ld both|ld a|autism or ld|"
        "eligibility diagnosis",
        "diagnosis",
    ),
    _field(
        "rating", "Rating", "rating",
        "rag|rag rating|rag status|current rag|rag current|rating|risk rating|risk level|risk|"
        "level of risk|risk rag|current rating|dsr rating|dsr rag|priority|risk category|category|level|"
        "brag|brag rating|rag colour|colour|status rag|risk of admission|admission risk|tier of risk|"
        "risk stratification|risk band",
        "rag|brag|rating|risk level",
    ),
    _field(
        "rating_date", "Date of the last rating", PAST,
        "date of last rag|rag date|date rag|date of rag|last rag|last rag date|date rated|rated on|"
        "date of rating|rating date|date of last rating|rag updated|rag last updated|rag review date|"
        "last rated|date of last rag review|date rag rated|last rag review|date of current rag|"
        "rag rating date|date of rag rating|risk date|rag reviewed",
        "rag date|rating date|rag last|rag reviewed",
    ),
    _field(
        "gp_practice", "GP practice", TEXT,
        "gp practice|gp|gp surgery|surgery|practice|gp name|registered gp|gp details|doctor|"
        "gp practice name|registered practice|general practice",
        "gp",
    ),
    _field(
        "council", "Council", TEXT,
        "local authority|la|council|borough|authority|responsible la|la of ordinary residence|home la|"
        "home local authority|responsible local authority|lad|district|local authority area|placing la|"
        "responsible council|area|locality",
        "local authority|ordinary residence|council",
    ),
    _field(
        "keyworker", "Keyworker", "keyworker",
        "keyworker|key worker|kw|allocated keyworker|keyworker name|key worker name|named keyworker|dkw|"
        "cyp keyworker|allocated key worker|designated keyworker|navigator|allocated kw|key working|"
        "keyworking",
        "keyworker|key worker",
    ),
    _field(
        "social_worker", "Social worker", TEXT,
        "social worker|sw|allocated social worker|social worker name|named social worker",
        "social worker",
    ),
    _field(
        "care_coordinator", "Care co-ordinator", TEXT,
        "care coordinator|care co ordinator|cco|lead professional|camhs worker|case manager|clinician|"
        "lead clinician|camhs clinician|named clinician",
        "care coordinator|lead professional",
    ),
    _field(
        "inpatient_unit", "Inpatient unit", "unit",
        "inpatient unit|unit|hospital|ward|inpatient|current unit|hospital unit|inpatient setting|"
        "t4 unit|tier 4 unit|provider unit|placement hospital|current hospital|ward unit|hospital ward|"
        "in patient unit|name of unit|hospital name|inpatient placement|inpatient hospital|unit name|"
        "tier 4|t4",
        "inpatient unit|hospital",
    ),
    _field(
        "admission_date", "Admission date", PAST,
        "admission date|date of admission|admitted|date admitted|admitted on|doa|adm date|date of adm|"
        "hospital admission date|inpatient since|admission",
        "admission date|date admission|date admitted",
    ),
    _field(
        "discharge_date", "Discharge date", DAY,
        "discharge date|date of discharge|discharged|date discharged|discharged on|dod|edd|"
        "estimated discharge date|planned discharge date|expected discharge date",
        "discharge date|date discharge",
    ),
    _field(
        "last_cetr_date", "Date of the last C(E)TR", PAST,
        "date of last cetr|last cetr|cetr date|date of cetr|cetr|last ctr|ctr date|date of last ctr|"
        "last cetr date|c e tr date|date of last c e tr|last c e tr|date of most recent cetr|"
        "cetr ctr date|ctr cetr date|most recent cetr|date cetr|ctr|last ctr cetr|date of last ctr cetr|"
        "date of last cetr ctr",
        "cetr date|cetr last|ctr date|ctr last",
    ),
    _field(
        "next_review_date", "Next review", DAY,
        "next review|next review date|review date|date of next review|review due|next rag review|"
        "next cetr|next cetr date|next dsr review|cetr due|next cetr due|next meeting|date of next cetr|"
        "review by",
        "next review|next cetr|review due",
    ),
    _field(
        "ehcp", "EHC plan", "yes_no",
        "ehcp|ehc plan|ehc|education health and care plan|ehcp y n|ehcp yes no|ehcp in place|has ehcp|"
        "ehcp status|sen|send",
        "ehcp|ehc plan",
    ),
    _field(
        "looked_after", "Looked after", "looked_after",
        "looked after|lac|cla|lac status|looked after child|child looked after|cic|looked after status|"
        "lac y n|cla status|child in care|care status|lac cla|in care|looked after y n|lac adopted",
        "looked after|lac",
    ),
    _field(
        "consent", "Consent", "consent",
        "consent|consent given|consented|consent to dsr|dsr consent|consent y n|consent status|agreement|"
        "consent obtained|consent type|consent for dsr|consent to be on dsr|consent to be on register|"
        "consent from|type of consent|consent by|consent yes no",
        "consent",
    ),
    _field(
        "consent_date", "Consent date", PAST,
        "consent date|date of consent|date consent|date consented|date consent given|consent obtained on|"
        "consented on|date consent obtained|consent given on|dsr consent date",
        "consent date",
    ),
    _field(
        "postcode", "Postcode", "postcode",
        "postcode|post code|home postcode|pc|zip|postal code|pcode",
        "postcode|post code",
    ),
    _field(
        "address", "Address", TEXT,
        "address|home address|current address|address line 1|address line 2|address line 3|address 1|"
        "address 2|address 3|town|city|county|street|first line of address|full address|house",
        "address", several=True,
    ),
    _field(
        "school", "School", "school",
        "school|education|school college|education setting|educational setting|current school|"
        "school name|placement school|education provider|education placement|name of school|"
        "school placement|college|school setting|school or college|nursery school|education provision",
        "school|education setting",
    ),
    _field(
        "reason", "Reason on the register", TEXT,
        "reason on register|reason|reason for register|reason on dsr|reason for inclusion|"
        "presenting issues|current issues|reason for referral|reason for dsr|current situation|"
        "current concerns|concerns|risks|summary|risk summary|presenting needs|why on register|"
        "reason for rag|rationale|reason for rating|rag rationale",
        "reason|current issues|current concerns", several=True,
    ),
    _field(
        "ethnicity", "Ethnicity", "ethnicity",
        "ethnicity|ethnic origin|ethnic category|ethnic group|ethnic background|race",
        "ethnic|ethnicity",
    ),
    _field(
        "gender", "Gender", "gender",
        "gender|sex|m f|gender identity|gender m f",
        "gender",
    ),
    _field(
        "language", "First language", TEXT,
        "language|first language|main language|preferred language|home language",
        "language",
    ),
    _field(
        "phone", "Telephone", "phone",
        "phone|telephone|tel|mobile|contact number|phone number|tel no|telephone number|mobile number|"
        "contact no",
    ),
    _field(
        "email", "E-mail", "email",
        "email|e mail|email address|e mail address",
    ),
    _field(
        "parent_name", "Parent or carer", TEXT,
        "parent|parent name|parent carer|parent carer name|carer|mother|mother name|mum|parents|"
        "next of kin|nok|parents name|parents names|parent guardian|guardian|name of parent|"
        "name of parent carer|parents carers|mothers name|carer name|person with pr|pr|"
        "parental responsibility",
        "parent name|carer name",
    ),
    _field(
        "parent_phone", "Parent's telephone", "phone",
        "parent phone|parent telephone|parent contact number|parent mobile|parent contact|parent tel|"
        "carer phone|mum phone|parent carer phone|parent carer contact number|parent carer contact|"
        "mother phone|nok phone|carer contact number",
        "parent phone|parent contact|carer contact",
    ),
    _field(
        "parent_email", "Parent's e-mail", "email",
        "parent email|parent e mail|carer email|parent carer email|mum email",
        "parent email|carer email",
    ),
    _field(
        "entry_date", "Date put on the register", PAST,
        "date added|date added to register|date added to dsr|date on register|date on dsr|date joined|"
        "date of entry|entry date|dsr start date|start date|added on|date opened|on register since|"
        "date added to dsr list|date entered|date accepted|on dsr since",
        "date added|date register|date dsr",
    ),
    _field(
        "referral_date", "Referral date", PAST,
        "referral date|date of referral|date referred|referred on|date referral received|"
        "referral received",
        "referral date|date referred",
    ),
    _field(
        "referrer", "Referred by", TEXT,
        "referrer|referred by|referral source|source of referral|referring team|referrer name",
        "referrer|referral source",
    ),
    _field(
        "legal_status", "Legal status", TEXT,
        "legal status|mha status|mha section|section|mha|mental health act status|detained under",
        "legal status|mha",
    ),
    _field(
        "local_reference", "Reference", TEXT,
        "id|ref|reference|no|number|row|s no|unique id|dsr id|dsr ref|dsr number|local id|rio number|"
        "rio id|rio no|rio|hospital number|system id|case number|lcs number|mosaic id|liquidlogic id|"
        "systmone id|client id|patient id|record number|unique identifier",
    ),
    _field(
        "notes", "Notes", TEXT,
        "notes|comments|comment|note|further information|additional information|other|updates|update|"
        "actions|action plan|other information|any other information|latest update|remarks",
        "comments|notes", several=True,
    ),
)  # fmt: skip

BY_NAME = {field.name: field for field in FIELDS}
BY_HEADING = {said: field for field in FIELDS for said in field.said}
