"""The national grid: metres east and north, as registers and the postcode directory give positions, and degrees.

Formulas and constants: Ordnance Survey, "A guide to coordinate systems in Great Britain", annexes B and C. The seven
parameter shift between the datums is good to about 5 metres, which is more than a distance to a hub needs.
"""

from dataclasses import dataclass
from math import atan2, cos, degrees, hypot, radians, sin, sqrt, tan

from hubs.areas.rules import Position


@dataclass(frozen=True)
class _Ellipsoid:
    """Half axes in metres."""

    major: float
    minor: float

    @property
    def eccentricity_squared(self) -> float:
        return 1 - (self.minor / self.major) ** 2


@dataclass(frozen=True)
class _Shift:
    """From one datum to another: metres, radians and a factor."""

    metres: tuple[float, float, float]
    radians: tuple[float, float, float]
    scale: float


_AIRY = _Ellipsoid(6377563.396, 6356256.909)
_WGS84 = _Ellipsoid(6378137.0, 6356752.314245)
_SCALE, _EAST_0, _NORTH_0 = 0.9996012717, 400000.0, -100000.0
_ORIGIN_LATITUDE, _ORIGIN_LONGITUDE = radians(49), radians(-2)
_TURNS = (0.1502, 0.2470, 0.8421)
_TO_WGS84 = _Shift(
    (446.448, -125.157, 542.060),
    (radians(_TURNS[0] / 3600), radians(_TURNS[1] / 3600), radians(_TURNS[2] / 3600)),
    -20.4894e-6,
)
_FROM_WGS84 = _Shift(
    (-446.448, 125.157, -542.060),
    (-radians(_TURNS[0] / 3600), -radians(_TURNS[1] / 3600), -radians(_TURNS[2] / 3600)),
    20.4894e-6,
)
_MILLIMETRE = 0.001


def position_of(easting: int, northing: int) -> Position:
    """Degrees, WGS 84, of a point on the grid given in metres; to five decimals (a metre)."""
    latitude, longitude = _shifted(*_from_grid(easting, northing), _AIRY, _WGS84, _TO_WGS84)
    return Position(round(degrees(latitude), 5), round(degrees(longitude), 5))


def grid_of(position: Position) -> tuple[int, int]:
    """Easting and northing in whole metres."""
    latitude, longitude = radians(position.latitude), radians(position.longitude)
    east, north = _to_grid(*_shifted(latitude, longitude, _WGS84, _AIRY, _FROM_WGS84))
    return round(east), round(north)


def _arc(latitude: float) -> float:
    """Developed meridional arc from the grid's origin, in metres."""
    n = (_AIRY.major - _AIRY.minor) / (_AIRY.major + _AIRY.minor)
    less, more = latitude - _ORIGIN_LATITUDE, latitude + _ORIGIN_LATITUDE
    return (
        _AIRY.minor
        * _SCALE
        * (
            (1 + n + 1.25 * n**2 + 1.25 * n**3) * less
            - (3 * n + 3 * n**2 + 2.625 * n**3) * sin(less) * cos(more)
            + (1.875 * n**2 + 1.875 * n**3) * sin(2 * less) * cos(2 * more)
            - 35 / 24 * n**3 * sin(3 * less) * cos(3 * more)
        )
    )


def _radii(latitude: float) -> tuple[float, float, float]:
    """Radii of curvature across and along the meridian, in metres, and their ratio less one."""
    bend = 1 - _AIRY.eccentricity_squared * sin(latitude) ** 2
    across = _AIRY.major * _SCALE / sqrt(bend)
    along = across * (1 - _AIRY.eccentricity_squared) / bend
    return across, along, across / along - 1


def _from_grid(easting: float, northing: float) -> tuple[float, float]:
    latitude = _ORIGIN_LATITUDE
    while (rest := northing - _NORTH_0 - _arc(latitude)) >= _MILLIMETRE:
        latitude += rest / (_AIRY.major * _SCALE)
    across, along, eta = _radii(latitude)
    t, east = tan(latitude), easting - _EAST_0
    seven = t / (2 * along * across)
    eight = t / (24 * along * across**3) * (5 + 3 * t**2 + eta - 9 * t**2 * eta)
    nine = t / (720 * along * across**5) * (61 + 90 * t**2 + 45 * t**4)
    secant = 1 / cos(latitude)
    ten = secant / across
    eleven = secant / (6 * across**3) * (across / along + 2 * t**2)
    twelve = secant / (120 * across**5) * (5 + 28 * t**2 + 24 * t**4)
    return (
        latitude - seven * east**2 + eight * east**4 - nine * east**6,
        _ORIGIN_LONGITUDE + ten * east - eleven * east**3 + twelve * east**5,
    )


def _to_grid(latitude: float, longitude: float) -> tuple[float, float]:
    across, along, eta = _radii(latitude)
    sine, cosine, t = sin(latitude), cos(latitude), tan(latitude)
    turn = longitude - _ORIGIN_LONGITUDE
    two = across / 2 * sine * cosine
    three = across / 24 * sine * cosine**3 * (5 - t**2 + 9 * eta)
    three_a = across / 720 * sine * cosine**5 * (61 - 58 * t**2 + t**4)
    five = across / 6 * cosine**3 * (across / along - t**2)
    six = across / 120 * cosine**5 * (5 - 18 * t**2 + t**4 + 14 * eta - 58 * t**2 * eta)
    north = _arc(latitude) + _NORTH_0 + two * turn**2 + three * turn**4 + three_a * turn**6
    return _EAST_0 + across * cosine * turn + five * turn**3 + six * turn**5, north


def _shifted(latitude: float, longitude: float, old: _Ellipsoid, new: _Ellipsoid, shift: _Shift) -> tuple[float, float]:
    """The same spot on another datum, through cartesian coordinates."""
    radius = old.major / sqrt(1 - old.eccentricity_squared * sin(latitude) ** 2)
    x, y = radius * cos(latitude) * cos(longitude), radius * cos(latitude) * sin(longitude)
    z = (1 - old.eccentricity_squared) * radius * sin(latitude)
    (dx, dy, dz), (rx, ry, rz), scale = shift.metres, shift.radians, 1 + shift.scale
    x, y, z = dx + x * scale - rz * y + ry * z, dy + rz * x + y * scale - rx * z, dz - ry * x + rx * y + z * scale
    flat, squared = hypot(x, y), new.eccentricity_squared
    latitude = atan2(z, flat * (1 - squared))
    for _ in range(4):
        radius = new.major / sqrt(1 - squared * sin(latitude) ** 2)
        latitude = atan2(z + squared * radius * sin(latitude), flat)
    return latitude, atan2(y, x)
