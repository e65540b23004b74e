"""The currencies an expense can be in, and how many decimals each has.

The table is our own on purpose. How many decimals a currency has is part of what every stored amount means,
so it must not change when a library is upgraded; and what libraries know from CLDR is what people usually
show (no decimals for IQD or HUF), not what ISO 4217 says. A code that was ever released stays here, because
stored expenses refer to it.

Source: ISO 4217 list one up to amendment 180 (January 2026), without metals, test codes and units that have
no decimals of their own.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from mycount.domain import text
from mycount.domain.errors import Invalid
from mycount.domain.words import N_

_CODES: Final = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    2: """
        AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD
        CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS
        GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD
        LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB
        PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP
        SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW
        ZWG
    """,
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}

CURRENCIES: Final[Mapping[str, int]] = MappingProxyType(
    dict(sorted((code, exponent) for exponent, codes in _CODES.items() for code in codes.split()))
)
"""Every active ISO 4217 code, in alphabetical order, with the number of decimals of its amounts."""

COMMON: Final = (
    *("EUR", "USD", "GBP", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "RON", "TRY", "UAH"),
    *("CAD", "AUD", "NZD", "JPY", "CNY", "KRW", "INR", "THB", "SGD", "HKD", "BRL", "MXN", "ZAR"),
)
"""The codes to offer first, most used first; the others follow in alphabetical order."""


def exponent(code: str) -> int:
    """Say how many decimals amounts in this currency have; refuses (Invalid) what is no ISO 4217 code.

    >>> exponent("EUR"), exponent("JPY"), exponent("KWD")
    (2, 0, 3)
    """
    try:
        return CURRENCIES[code]
    except KeyError:
        shown = text.quoted(code)
        raise Invalid(N_("“{code}” is not a currency. Choose one from the list."), code=shown) from None
