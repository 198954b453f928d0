// SPDX-License-Identifier: Apache-2.0

/// The parameters of PSWS packets: names, meanings and units in one place, so that every reader finds them where every
/// author puts them.
///
/// - Reference: the additions to VOEvent that PSWS published in 2018 (`event_type`, `event_status`, `time_start`,
///   `time_end`, `threshold`, `url`, Group `target`); target parameters after EPN-TAP 2.0 (EPNcore); UCD1+ 1.5; VOUnits 1.1.
public enum PSWSVocabulary {
    /// Kind of event, see `PSWSEventType`.
    public static let eventType = PSWSParameter(
        "event_type", ucd: "meta.code.class", .string, "Kind of event")
    /// State of the event, for example `onset`.
    public static let eventStatus = PSWSParameter(
        "event_status", ucd: "meta.code.status", .string, "State of the event")
    /// When the event begins.
    public static let timeStart = PSWSParameter(
        "time_start", ucd: "time.start", .string, "Begin of the event, UTC")
    /// When the event was brightest or strongest.
    public static let timePeak = PSWSParameter(
        "time_peak", ucd: "time.epoch", .string, "Time of the greatest brightness, UTC, middle of the exposure")
    /// When the event ends.
    public static let timeEnd = PSWSParameter(
        "time_end", ucd: "time.end", .string, "End of the event, UTC")
    /// Error of the times, one standard deviation.
    public static let timeUncertainty = PSWSParameter(
        "time_uncertainty", ucd: "stat.error;time.epoch", unit: "s", .float,
        "Standard error of the times, clock and exposure together")
    /// How long the event was seen.
    public static let duration = PSWSParameter(
        "duration", ucd: "time.duration", unit: "s", .float, "Time from the first to the last frame with the event")
    /// Matched-filter signal to noise of the whole event.
    public static let signalToNoise = PSWSParameter(
        "snr", ucd: "stat.snr", .float, "Matched-filter signal to noise of the whole event")
    /// Column of the brightest frame.
    public static let pixelX = PSWSParameter(
        "x", ucd: "pos.cartesian.x;instr.det", unit: "pix", .float,
        "Column in the brightest frame, from 0, integer at the middle of a pixel")
    /// Row of the brightest frame.
    public static let pixelY = PSWSParameter(
        "y", ucd: "pos.cartesian.y;instr.det", unit: "pix", .float,
        "Row in the brightest frame, from 0 at the top, integer at the middle of a pixel")
    /// Instrumental flux of the brightest frame.
    public static let peakFlux = PSWSParameter(
        "flux_peak", ucd: "phot.count;stat.max", unit: "adu", .float,
        "Instrumental flux above the background in the brightest frame")
    /// Instrumental flux of the whole event.
    public static let totalFlux = PSWSParameter(
        "flux_total", ucd: "phot.count", unit: "adu", .float, "Instrumental flux above the background, all frames")
    /// Frames in which the event was seen.
    public static let frameCount = PSWSParameter(
        "frames", ucd: "meta.number;obs.image", .int, "Number of frames with the event")
    /// Value that had to be passed for the event to count.
    public static let threshold = PSWSParameter(
        "threshold", ucd: "stat.min", .float, "Value that had to be passed")
    /// Where the data behind the event are.
    public static let url = PSWSParameter("url", ucd: "meta.ref.url", .string, "Where the data of the event are")

    /// Name of the group about the body that was looked at.
    public static let targetGroup = "target"
    /// Name of the body.
    public static let targetName = PSWSParameter(
        "target_name", ucd: "meta.id;src", .string, "Body on or near which it happened")
    /// Class of the body, one of EPN-TAP's.
    public static let targetClass = PSWSParameter(
        "target_class", ucd: "meta.code.class;src", .string, "Class of the body")
    /// Part of the body.
    public static let targetRegion = PSWSParameter(
        "target_region", ucd: "meta.id;src;obs.field", .string, "Part of the body")

    /// Name of the group about the place on the body.
    public static let placeGroup = "place"
    /// What the longitude is counted from.
    public static let placeSystem = PSWSParameter(
        "system", ucd: "meta.id;pos.frame", .string, "What longitude and latitude are counted from")
    /// Longitude on a body where east is positive.
    public static let longitudeEast = PSWSParameter(
        "longitude_east", ucd: "pos.bodyrc.lon", unit: "deg", .float, "Longitude, east positive")
    /// Longitude on a body where west is positive.
    public static let longitudeWest = PSWSParameter(
        "longitude_west", ucd: "pos.bodyrc.lon", unit: "deg", .float, "Longitude, west positive")
    /// Longitude in Jupiter's System I.
    public static let longitudeI = PSWSParameter(
        "longitude_system_1", ucd: "pos.bodyrc.lon", unit: "deg", .float, "Longitude in System I, west positive")
    /// Longitude in Jupiter's System II.
    public static let longitudeII = PSWSParameter(
        "longitude_system_2", ucd: "pos.bodyrc.lon", unit: "deg", .float, "Longitude in System II, west positive")
    /// Error of the longitude.
    public static let longitudeError = PSWSParameter(
        "longitude_error", ucd: "stat.error;pos.bodyrc.lon", unit: "deg", .float, "Standard error of the longitude")
    /// Latitude on the body.
    public static let latitude = PSWSParameter(
        "latitude", ucd: "pos.bodyrc.lat", unit: "deg", .float, "Latitude, planetographic, north positive")
    /// Error of the latitude.
    public static let latitudeError = PSWSParameter(
        "latitude_error", ucd: "stat.error;pos.bodyrc.lat", unit: "deg", .float, "Standard error of the latitude")
    /// How obliquely the place was seen.
    public static let cosineOfEmission = PSWSParameter(
        "cosine_of_emission", ucd: "pos.incidenceAng;arith.factor", .float,
        "Cosine of the angle between vertical and line of sight, 1 in the middle of the disk")
    /// How well the limb fits.
    public static let limbResidual = PSWSParameter(
        "limb_residual", ucd: "stat.fit.residual", unit: "pix", .float,
        "Root mean square distance of the limb from the fitted outline")
    /// Scale of the frame.
    public static let plateScale = PSWSParameter(
        "plate_scale", ucd: "instr.scale", unit: "arcsec/pix", .float, "Scale of the frame by the size of the disk")

    /// Name of the group about the magnitude.
    public static let magnitudeGroup = "magnitude"
    /// Magnitude in the brightest frame.
    public static let magnitude = PSWSParameter(
        "magnitude", ucd: "phot.mag;em.opt", unit: "mag", .float, "Magnitude in the brightest frame")
    /// Error of the magnitude.
    public static let magnitudeError = PSWSParameter(
        "magnitude_error", ucd: "stat.error;phot.mag", unit: "mag", .float, "Standard error of the magnitude")
    /// Band of the magnitude.
    public static let band = PSWSParameter("band", ucd: "meta.id;instr.bandpass", .string, "Band of the magnitude")

    /// Name of the group about energy and mass.
    public static let energyGroup = "energy"
    /// Light emitted.
    public static let luminousEnergy = energy("luminous_energy", "Energy emitted as light")
    /// Least of it.
    public static let luminousEnergyLow = energy("luminous_energy_low", "Least energy emitted as light", ";stat.min")
    /// Most of it.
    public static let luminousEnergyHigh = energy("luminous_energy_high", "Most energy emitted as light", ";stat.max")
    /// Kinetic energy of the impactor.
    public static let kineticEnergy = energy("kinetic_energy", "Kinetic energy of the impactor")
    /// Least of it.
    public static let kineticEnergyLow = energy("kinetic_energy_low", "Least kinetic energy", ";stat.min")
    /// Most of it.
    public static let kineticEnergyHigh = energy("kinetic_energy_high", "Most kinetic energy", ";stat.max")
    /// Mass of the impactor.
    public static let mass = PSWSParameter("mass", ucd: "phys.mass", unit: "kg", .float, "Mass of the impactor")
    /// Least of it.
    public static let massLow = PSWSParameter("mass_low", ucd: "phys.mass;stat.min", unit: "kg", .float, "Least mass")
    /// Most of it.
    public static let massHigh = PSWSParameter("mass_high", ucd: "phys.mass;stat.max", unit: "kg", .float, "Most mass")
    /// What was assumed.
    public static let energyAssumptions = PSWSParameter(
        "energy_assumptions", ucd: "meta.note", .string, "What was assumed for energy and mass")

    private static func energy(_ name: String, _ description: String, _ statistic: String = "") -> PSWSParameter {
        PSWSParameter(name, ucd: "phys.energy" + statistic, unit: "J", .float, description)
    }

    /// Name of the group about the camera.
    public static let cameraGroup = "camera"
    /// Model of the camera.
    public static let cameraName = PSWSParameter("camera_name", ucd: "meta.id;instr", .string, "Camera")
    /// Exposure of one frame.
    public static let exposure = PSWSParameter(
        "exposure", ucd: "time.duration;obs.exposure", unit: "s", .float, "Exposure of one frame")
    /// Frames in a second.
    public static let frameRate = PSWSParameter(
        "frame_rate", ucd: "instr.param", unit: "Hz", .float, "Frames in a second")
    /// Gain as the camera counts it.
    public static let gain = PSWSParameter("gain", ucd: "instr.param", .float, "Gain, in the camera's own unit")
    /// Columns of a frame.
    public static let width = PSWSParameter(
        "width", ucd: "meta.number;instr.pixel", unit: "pix", .int, "Columns of a frame")
    /// Rows of a frame.
    public static let height = PSWSParameter(
        "height", ucd: "meta.number;instr.pixel", unit: "pix", .int, "Rows of a frame")
    /// Name of the pixel format.
    public static let pixelFormat = PSWSParameter("pixel_format", ucd: "meta.code;instr.det", .string, "Pixel format")

    /// Name of the group about the clock.
    public static let clockGroup = "clock"
    /// What the clock follows.
    public static let clockSource = PSWSParameter(
        "clock_source", ucd: "meta.id;time", .string, "What the clock follows")
    /// Whether the clock followed its source when the event was seen.
    public static let clockState = PSWSParameter(
        "clock_state", ucd: "meta.code.status;time", .string, "State of the clock when the event was seen")
    /// Estimated error of the clock.
    public static let clockError = PSWSParameter(
        "clock_error", ucd: "stat.error;time", unit: "s", .float, "Estimated error of the clock")
    /// How the camera's time became UTC.
    public static let timeMethod = PSWSParameter(
        "time_method", ucd: "meta.note;time", .string, "How the time of a frame became UTC")

    /// Name of the table with the light curve.
    public static let lightCurveTable = "light_curve"
    /// Column: time of a frame.
    public static let lightCurveTime = PSWSParameter(
        "time", ucd: "time.interval", unit: "s", .float, "Middle of the exposure, counted from time_peak")
    /// Column: flux in a frame.
    public static let lightCurveFlux = PSWSParameter(
        "flux", ucd: "phot.count", unit: "adu", .float, "Instrumental flux above the background")
}
