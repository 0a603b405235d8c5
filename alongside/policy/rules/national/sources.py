"""What the source codes stand for, in words for the screen."""

SOURCES = {
    "MHA": "Mental Health Act 1983 as amended by the Mental Health Act 2025",
    "MHA1983": "Mental Health Act 1983",
    "CA1989": "Children Act 1989",
    "CQC18": "Care Quality Commission (Registration) Regulations 2009, regulation 18(2)(h)",
    "MHACODE": "Mental Health Act 1983 code of practice",
    "CTR17": "NHS England, changes to the care and treatment review policy, 2017",
    "INFC": "NHS England, information for commissioners of children's services (interim measures)",
    "LGA21": "Care and treatment review policy update, October 2021",
    "CC": "NHS England C(E)TR toolkit, checklist for commissioners",
    "DOC1": "NHS England C(E)TR toolkit, document checklist",
    "SUP": "NHS England C(E)TR toolkit, support for panel members",
    "COV": "NHS England, commissioner oversight visits, 2019 to 2021",
    "PQ23": "Written answer 202693 to Parliament, 26 October 2023",
    "DISCH": "Statutory guidance on discharge from mental health inpatient settings, January 2024",
    "AT1": "NHS England, Assuring Transformation",
    "AT2016": "NHS England, Assuring Transformation definitions of readmission",
    "EHCP": "Special educational needs rules on education, health and care plans",
    "NG43": "NICE guideline NG43, transition from children's to adults' services",
    "LTP": "NHS Long Term Plan: annual health checks from age 14",
    "SAR": "UK General Data Protection Regulation, right of access",
    "BHAM": "local practice, Birmingham: continuing care and adulthood",
    "KENT": "local practice, Kent and Medway",
    "DEV": "local practice, Devon",
    "LIN": "local practice, Lincolnshire",
    "WSX": "local practice, West Sussex",
    "WSXDEV": "local practice, West Sussex and Devon (monthly)",
    "NORF": "local practice, Norfolk",
    "GREEN": "local practice, Greenwich",
    "KCC": "local practice, Kent: concerns go to the council straight away",
    "PROPOSAL": "proposed by this software; no national figure was found",
    "GENERAL": "general knowledge, not checked against a source",
}


def source_words(code: str, detail: str = "") -> str:
    return SOURCES[code] + (f", {detail}" if detail else "")
