"""National codes that a person's record keeps, in words. Source: MHSDS gender identity; ethnic category 2001."""

GENDERS = {
    "1": "Male",
    "2": "Female",
    "3": "Non-binary",
    "4": "Other",
    "9": "Indeterminate",
}
ETHNICITIES = {
    "A": "White: British",
    "B": "White: Irish",
    "C": "White: any other background",
    "D": "Mixed: White and Black Caribbean",
    "E": "Mixed: White and Black African",
    "F": "Mixed: White and Asian",
    "G": "Mixed: any other background",
    "H": "Asian: Indian",
    "J": "Asian: Pakistani",
    "K": "Asian: Bangladeshi",
    "L": "Asian: any other background",
    "M": "Black: Caribbean",
    "N": "Black: African",
    "P": "Black: any other background",
    "R": "Chinese",
    "S": "Any other ethnic group",
    "Z": "Not stated",
}
