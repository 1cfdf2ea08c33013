"""Promise L13: a name is never held against its bearer for being unfamiliar."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leadstone.kernel.names import looks_made_up

NAMES = {
    "Polish": ["Grzegorz Brzęczyszczykiewicz", "Chrzczonowicz", "Wawrzyniec Pstrągowski", "Ewa Ś", "Żaneta Dżdżysta"],
    "English": ["Ann Lee", "William Wert", "Rose Trew", "Null", "X Æ A-12", "J. R. R. Tolkien", "Louis XIV"],
    "Welsh": ["Llŷr Gruffydd", "Rhys ap Gwynfryn", "Mwynwen"],
    "Irish": ["Caoilfhionn Ní Dhomhnaill", "Síle O'Shaughnessy"],
    "Scottish Gaelic": ["Ruairidh MacGilleEathain", "DeShawn MacDonald McLeod"],
    "Icelandic": ["Þorgerður Katrín Gunnarsdóttir", "Hafþór Júlíus"],
    "Norwegian": ["Åse Øyhovden", "Bjørn"],
    "Swedish": ["Östen Åkerström"],
    "Danish": ["Søren Ærø"],
    "Finnish": ["Määttä Yrjö", "Hyypiä"],
    "Estonian": ["Õie Jäääär", "Kuuuurija Mäe"],
    "Latvian": ["Jānis Krūmiņš"],
    "Lithuanian": ["Žydrūnas Ilgauskas"],
    "German": ["Karl Hirschsprung", "Jürgen Weißschädel", "Schtschukin"],
    "Dutch": ["Sjaak 't Hooft", "IJsbrand van der Wijk"],
    "French": ["Anaïs L'Hôpital", "Zoé Œuvrard"],
    "Breton": ["Goulc'han Kervella"],
    "Spanish": ["Íñigo Ñáñez"],
    "Basque": ["Txomin Etxeberria"],
    "Catalan": ["Gemma Guix i Puigdemont"],
    "Portuguese": ["João Gonçalves"],
    "Italian": ["Niccolò D'Angelo"],
    "Maltese": ["Ġorġ Xuereb"],
    "Czech": ["Vlk Smrt", "Jiří Hrdlička", "Strč Prst"],
    "Slovak": ["Ľubomír Štvrtňa"],
    "Slovenian": ["Žiga Črnč"],
    "Croatian": ["Krk Hrvoje", "Srđan Grgić"],
    "Hungarian": ["Gyöngyi Szőcs"],
    "Romanian": ["Ștefan Țepeș"],
    "Albanian": ["Xhevahir Gjergji"],
    "Turkish": ["Iğdır Çağlayan", "İbrahim Şişli"],
    "Greek": ["Γεώργιος Παπαδόπουλος"],
    "Russian": ["Александр Щекочихин", "Вспышкин"],
    "Ukrainian": ["Ґалаґан Їжакевич"],
    "Georgian": ["გიორგი მჭედლიშვილი", "Mkrtchyan Gvprtskvni"],
    "Armenian": ["Մկրտիչ Մկրտչյան", "Mkrtich Mkrtchyan"],
    "Hebrew": ["יעקב כהן"],
    "Arabic": ["عبد الرحمن", "Abdulrahman al-Ghazali"],
    "Persian": ["فاطمه رضایی"],
    "Hindi": ["श्रीमती लक्ष्मी", "Lakshmi"],
    "Tamil": ["திருவள்ளுவர்", "Thirunavukkarasu"],
    "Thai": ["กิตติศักดิ์ ศรีสุข", "Kiattisak Srisuk"],
    "Vietnamese": ["Nguyễn Thị Ngọc", "Ng Ng"],
    "Chinese": ["王小明", "欧阳娜娜", "Xu Xx"],
    "Japanese": ["佐々木 健", "ささき たけし"],
    "Korean": ["김철수", "Ng Hwang Ddeok"],
    "Indonesian": ["Suharto", "Yayaya Nana"],
    "Tagalog": ["Bongbong Macapagal", "Tintin Makalintal"],
    "Swahili": ["Mwenda Nyong'o", "Mbwana"],
    "Zulu": ["Nhlanhla Mkhwanazi", "Sthembiso Nxumalo"],
    "Amharic": ["ኃይለ ሥላሴ"],
    "Hawaiian": ["Keihanaikukauakahihuliheekahaunaele"],
    "Māori": ["Te Whāngārā Ngāpuhi"],
    "Berber": ["Tlgssmt Ayt Ɛli"],
}


def test_the_fixture_speaks_at_least_forty_languages() -> None:
    assert len(NAMES) >= 40


@pytest.mark.parametrize(("language", "name"), [(lang, name) for lang, names in NAMES.items() for name in names])
def test_no_real_name_looks_made_up(language: str, name: str) -> None:
    for spelling in (name, name.upper(), name.lower()):
        assert not looks_made_up(spelling), f"{spelling!r} ({language})"


@pytest.mark.parametrize(
    "name",
    [
        "asdf asdf",
        "Qwerty",
        "zxcvbnm",
        "lkjh",
        "aaaaaa",
        "asdasdasd",
        "xkjhgfqw",
        "fGhTyUiKoP",
        "user83920",
        "{{first_name}}",
        "%FIRSTNAME%",
        "<script>alert(1)</script>",
        "www.cheap-pills.example",
        "https://example.com Ann",
        "undefined",
    ],
)
def test_a_machines_pattern_is_seen(name: str) -> None:
    assert looks_made_up(name)


@given(st.text(st.characters(categories=["Lo"]), max_size=3))
def test_short_words_of_any_script_without_case_pass(name: str) -> None:
    assert not looks_made_up(name)


def test_no_name_is_nobodys_name() -> None:
    assert not looks_made_up("")
