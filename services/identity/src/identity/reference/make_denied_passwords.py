"""Makes `denied_passwords.txt`: `python -m identity.reference.make_denied_passwords > denied_passwords.txt`.

Shorter passwords are refused for their length, so only passwords of twelve characters and more are made, in the ways in
which people stretch a short favourite: they double it, they add digits or a year, they walk along the keyboard.
"""

import itertools
import sys
from collections.abc import Iterator

SHORTEST, LONGEST = 12, 40

FAVOURITES = """
password passw0rd p@ssword p@ssw0rd pa55word welcome welcome1 letmein login admin administrator master superman batman
monkey dragon sunshine princess shadow iloveyou trustno1 starwars pokemon whatever freedom hello charlie michael jordan
hunter ranger buster soccer football baseball hockey tigger summer winter spring autumn secret computer internet samsung
google facebook instagram qwerty qwertyuiop asdfgh asdfghjkl zxcvbn zxcvbnm abc123 access flower cheese chocolate cookie
banana orange purple yellow silver golden diamond ginger pepper mustang ferrari porsche mercedes corvette yamaha london
england scotland ireland britain liverpool arsenal chelsea everton manchester united tottenham rangers celtic newcastle
birmingham yorkshire cambridge oxford cricket rugby teacher teaching school schools primary secondary college computing
computer1 computerscience raspberry raspberrypi microbit scratch python python3 javascript coding coder programming
classroom headteacher education lesson homework national nationalcentre ncce stemlearning bbcmicro changeme default
guest testing test1234 temporary newpassword mypassword yourpassword thepassword account letmein1 opensesame security
january february march april june july august september october november december monday tuesday wednesday thursday
friday saturday sunday christmas birthday holiday football1 daniel thomas joshua matthew andrew james robert william
george harry oliver jack jacob ethan noah oscar leo arthur amelia olivia isla ava emily sophie jessica charlotte grace
lily hannah rebecca sarah ashley nicole elizabeth victoria catherine jennifer michelle amanda samantha
""".split()  # noqa: SIM905  two hundred quoted words would be no easier to read

ENDINGS = """
1 12 123 1234 12345 123456 1234567 12345678 123456789 1234567890 0 00 000 007 01 11 111 1111 2 22 321 54321 654321 69 77
88 99 100 2000 ! !! 1! 12! 123! 1234! @123 @1234 #1 #123 abc abcd xyz qwerty password
""".split()  # noqa: SIM905  as above
YEARS = [str(year) for year in range(2010, 2031)]

ROWS = ["`1234567890-=", "qwertyuiop[]", "asdfghjkl;'#", "zxcvbnm,./"]
COLUMNS = [
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "!qaz@wsx#edc$rfv%tgb",
    "qazwsxedcrfvtgbyhnujm",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
]
ORDERS = [
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890123456789",
    "123456789123456789",
    "112233445566778899",
    "9876543210987654321",
]

SAYINGS = """
correcthorsebatterystaple|correct-horse-battery-staple|correct horse battery staple|maytheforcebewithyou|tobeornottobe
|thequickbrownfox|the quick brown fox|iloveyouforever|iloveyousomuch|letmeinplease|passwordpassword1|thisismypassword
|this is my password|thisisapassword|mypasswordis123|nopasswordneeded|forgotpassword|ihatepasswords|youneverguess
|youllneverguess|youllneverwalkalone|manchesterunited|manchestercity|westhamunited|newcastleunited|leedsunited
|astonvilla1874|crystalpalace|nottinghamforest|harrypotter123|lordoftherings|gameofthrones|doctorwho2018|starwars1977
|computingatschool|computerscience1|nationalcentre1|raspberrypi123|learntocode123|helloworld123|hello world 123
|administrator1|administrator123|superuser12345|rootrootroot|adminadminadmin|three-random-words|threerandomwords
""".replace("\n", "").split("|")


def stretched() -> Iterator[str]:
    """A favourite with something added, or twice."""
    for word in FAVOURITES:
        for ending in [*ENDINGS, *YEARS, *(year + "!" for year in YEARS)]:
            yield word + ending
            if ending.isdecimal():
                yield ending + word
        yield word * 2
        yield word * 3
        yield f"{word}-{word}"
        yield f"{word} {word}"
        yield f"my{word}123"
        yield f"ilove{word}"
        yield f"ilove{word}1"


def walked() -> Iterator[str]:
    """Along the keyboard, the alphabet and the digits, there and back, alone and two after another."""
    for path in [*COLUMNS, *ORDERS, *(a + b for a, b in itertools.permutations(ROWS, 2)), "".join(ROWS)]:
        for line in (path, path[::-1]):
            for start, length in itertools.product(range(len(line)), range(SHORTEST, 21)):
                if start + length <= len(line) and (start == 0 or start + length == len(line)):
                    yield line[start : start + length]


def repeated() -> Iterator[str]:
    """One to four characters, again and again."""
    units = [
        *"abcdefghijklmnopqrstuvwxyz0123456789!*.",
        "ab",
        "abc",
        "abcd",
        "123",
        "1234",
        "12",
        "qwe",
        "asd",
        "qwer",
        "zxc",
        "aA",
        "1a",
        "a1",
        "01",
        "10",
        "xyz",
        "lol",
        "haha",
        "test",
        "pass",
    ]
    for unit, length in itertools.product(units, range(SHORTEST, 17)):
        yield (unit * length)[:length]


def every_password() -> list[str]:
    """All of them, casefolded as they are compared, sorted."""
    made = itertools.chain(stretched(), walked(), repeated(), SAYINGS)
    return sorted({one.casefold() for one in made if SHORTEST <= len(one) <= LONGEST})


if __name__ == "__main__":
    sys.stdout.write("\n".join(every_password()) + "\n")
