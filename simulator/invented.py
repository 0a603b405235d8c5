"""Invented names of people and places. Nobody and nowhere here is real; GP, school and unit names are made up."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(phrase.strip() for phrase in " ".join(text.split()).split(","))


GIVEN = _words(
    """
    Aaliyah Abbie Adaeze Aisha Alfie Amara Amelia Amir Anya Archie Arjun Ava Ayo Bashir Bea Bella Ben Billy
    Bronwen Caleb Callum Carys Charlie Chidi Chloe Cora Dara Darius Deepa Demi Dilan Dylan Efe Eilidh Eleri Ella
    Ellis Elodie Emeka Emily Emre Ewan Fahima Farah Fatima Finlay Florence Freya Gabriel George Grace Gurpreet
    Hana Harley Harper Hassan Henry Ibrahim Imani Imogen Indigo Iona Isaac Isla Ivy Jack Jaden Jasmine Jay Jodie
    Jordan Joss Kai Kareem Keira Kian Kofi Lacey Layla Leo Lexi Liam Lily Logan Lola Luca Lucy Mabel Maisie Malik
    Maryam Mason Maya Megan Mia Mina Mohammed Molly Nadia Naomi Nasir Nathan Nia Niamh Nico Noah Nora Oisin Olive
    Oliver Omar Oscar Poppy Priya Quinn Rafi Raheem Rania Reece Rhys Riley River Robin Rohan Rosa Rowan Ruby Ryan
    Safiya Saim Sam Samira Sanjay Scarlett Seren Shanice Sienna Sky Sofia Stanley Summer Tariq Taylor Teddy Temi
    Thea Theo Toby Tomasz Tyler Uma Unity Veer Violet Wanda Wilf Willow Xanthe Yara Yasmin Yusuf Zac Zainab Zara
    Zeke Zoë
    """
)
FAMILY = _words(
    """
    Abara Abbott Acheson Adeyemi Ahmed Akhtar Ali Amadi Appleby Asante Ashdown Atkin Bains Balogun Barrow Beckett
    Begum Bello Bhatt Birch Blackwood Boateng Bramley Brennan Brightwell Bryce Cabrera Cairns Calloway Carden
    Chadwick Chaudhry Chen Clay Cole Conteh Cooper Corrigan Cotter Crane Cullen Dacosta Dalby Darwish Denby Desai
    Dhillon Diaz Doherty Dorsey Drummond Dube Eastwood Eze Fairley Farooq Fenwick Ferreira Finch Fleetwood Forde
    Gale Garner Ghosh Gill Glass Goodall Goswami Grant Greenhalgh Gupta Hadley Hale Hamid Harkness Hartley Hassan
    Haworth Hendry Hobbs Holt Hosseini Huang Hussain Ibekwe Ingram Islam Jarvis Jassal Joshi Kamara Kaur Keane
    Kelleher Khalid Khan Kiely Kirby Knox Kowalski Kumar Lamb Larkin Lowe Mackie Madaki Mahmood Malone Marsh
    Mensah Miah Mistry Moss Mwangi Naylor Ndlovu Newbold Nguyen Njoku Nowak O'Brien O'Connor Odell Okafor Okoro
    Osman Owusu Pandya Parr Patel Pearce Penhaligon Petrov Pike Popescu Pryce Qureshi Rahman Rai Ramsey Raza
    Redfern Reid Rivers Rowe Rudd Sahota Sanderson Santos Sesay Shah Sharma Shaw Silva Singh Skinner Small Stanton
    Sutcliffe Szabo Tahir Tait Tanner Tembo Thorne Tran Turay Underhill Usman Vance Varga Verma Wade Walcott Ward
    Webb Whitlock Wilde Woods Wozniak Wright Yang Yates Yeboah Young Zaman Zielinski
    """
)
STAFF_GIVEN = _words(
    """
    Adam Alison Andrea Anil Anna Beth Carol Chris Clare Daniel David Dawn Diane Donna Elaine Femi Fiona Gareth
    Gemma Graham Helen Ian Jane Joanne Karen Kate Kelly Kwame Leanne Linda Lorraine Louise Lynn Maria Mark Martin
    Meera Michelle Mike Nasreen Neil Nicola Paul Rachel Raj Rebecca Rob Ruth Sally Sarah Sean Sharon Simon Steph
    Steve Sue Tanya Tina Tony Tracy Usha Vicky Will Yvonne
    """
)
STREETS = _phrases(
    """
    Alder Close, Apple Row, Bank Street, Beech Avenue, Bridge Lane, Canal Walk, Chapel Road, Cherry Drive, Church
    View, Clover Way, Copper Beech Road, Dairy Lane, Elm Grove, Fern Bank, Foundry Street, Gate Road, Green Lane,
    Hazel Court, High Meadow, Hill Rise, Ivy Terrace, Juniper Road, Kiln Lane, Larch Close, Lime Tree Walk, Mill
    Race, Moor View, North Parade, Oak Tree Road, Orchard Way, Park Crescent, Pear Tree Close, Quarry Road, Rowan
    Drive, School Lane, Spring Gardens, Station Approach, Thorn Street, Vale Road, Wharf Street, Willow Bank, Yew
    Tree Lane
    """
)
PLACES = _words(
    """
    Aldermoor Ashwick Barlowe Birkenshaw Brackley-on-Wold Castlethorpe Coldbrook Cranmere Dunmoor Eastlow
    Fallowdale Fenbridge Garsdown Grimsley Hallowick Harrowdene Hexley Kelbrook Langmere Larkhill-by-Sea Marchwick
    Netherby Norbeck Oakhanger Pendlewick Ravensby Saltby Sandmere Skelwith Stonebeck Thornaby-on-Hill Upwold
    Wenbury Westlow Whitmere Wolverdale
    """
)
SCHOOL_ENDS = ("Primary School", "High School", "Academy", "School", "College", "Learning Centre")
GP_ENDS = ("Surgery", "Medical Centre", "Health Centre", "Family Practice")
UNIT_NAMES = (
    "Kestrel Ward, Larch House",
    "Heron Unit, Fenbridge Hospital",
    "The Willows Adolescent Unit",
    "Rowan Ward, Upwold Hospital",
    "Skylark House",
    "Curlew Ward, Sandmere Hospital",
    "Merlin Unit, Coldbrook",
    "Beechcroft Young People's Unit",
)
WAYS = (
    "Short sentences, one thing at a time",
    "Text first, then a call at the time agreed",
    "With a picture board",
    "Side by side, on a walk, not face to face",
    "Writes better than talks; likes email",
    "Through a trusted adult until they know you",
)
AVOID = (
    "Surprises and changed plans",
    "Asking how they feel in front of others",
    "Loud rooms and bright lights",
    "Phone calls without a message first",
    "Being touched on the shoulder",
    "Long meetings",
)
HELPS = (
    "Knowing who will be there",
    "Time to answer; counting to ten",
    "A break after twenty minutes",
    "Talking about trains first",
    "Their own blanket and headphones",
    "A note of what was agreed",
)
ADJUSTMENTS = (
    "Longer appointments; quiet waiting place",
    "First or last appointment of the day",
    "Easy read letters",
    "Same person each time",
    "Online with camera off is fine",
)
OWN_WORDS = (
    "I want to be at home with my dog.",
    "Please tell me before things change.",
    "I like it when people do what they said.",
    "School is too loud. I can do mornings.",
    "I don't want to go back to hospital.",
    "I would like to learn to cook.",
    "My sister knows what helps when it gets bad.",
    "I'm not being difficult, I'm scared.",
)
REASONS = (
    "A&E twice in a month after self-harm; placement under strain.",
    "Excluded from school and not sleeping; family close to the edge.",
    "Rising distress at home since the move; crisis team involved.",
    "Discharged from an adolescent unit; needs close support to stay well at home.",
    "Autistic, out of school for a term, police called twice.",
    "Residential placement at risk of ending; no other place found.",
    "Referred by CAMHS: marked risk of breakdown without more help.",
)
BECAUSE = {
    "red": (
        "In crisis this week; risks can't be managed with what is in place.",
        "Placement about to end and no plan yet.",
        "Two A&E attendances in seven days.",
    ),
    "amber": (
        "Not settled: support is in place but the family is tired.",
        "Back at school part time; risk of breakdown if staff change.",
        "Distress is up, no crisis since the last review.",
    ),
    "green": (
        "Settled; risks are known and managed.",
        "Doing well at school, family feels supported.",
        "No incidents since the last review.",
    ),
    "blue": ("Still in hospital; discharge plan looked at.", "In hospital, making progress towards discharge."),
}
RELATIONSHIPS = ("Mother", "Father", "Grandmother", "Aunt", "Foster carer", "Sister", "Stepfather")
POSTS = ("Social worker", "SENCO", "CAMHS nurse", "Psychiatrist", "Occupational therapist", "Youth justice worker")
