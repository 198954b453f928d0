// SPDX-License-Identifier: Apache-2.0

/// Axes in which a vector's components are given. Vectors in different axes have different types; only a `Rotation`
/// leads from one to the other.
public protocol ReferenceFrame: Sendable {}

/// Axes of the International Celestial Reference System, the same for the barycentre (BCRS) and the Earth (GCRS).
public enum ICRF: ReferenceFrame {}

/// True equator and equinox of date.
public enum TrueOfDate: ReferenceFrame {}

/// Axes that turn with the Earth (ITRS); polar motion, at most 0.6″, is left out.
public enum EarthFixed: ReferenceFrame {}

/// Axes that turn with the observed body: z to its north pole, x to its prime meridian, y to 90° east.
public enum BodyFixed: ReferenceFrame {}
