// SPDX-License-Identifier: Apache-2.0

/// A way of counting time. Dates in different scales have different types, so that nobody adds or compares them.
public protocol TimeScale: Sendable {}

/// Terrestrial Time: what an atomic clock on the geoid counts, 32.184 s ahead of TAI.
public enum TT: TimeScale {}

/// Barycentric Dynamical Time, the argument of ephemerides; within 2 ms of TT.
public enum TDB: TimeScale {}

/// Universal Time 1: the angle by which the Earth has turned, within 0.9 s of UTC.
public enum UT1: TimeScale {}
