// SPDX-License-Identifier: Apache-2.0

import Camera
import Detection

/// The header of an event's FITS cube. The writer of the cube adds times and shapes.
enum EventCube {
    /// The cards, in reading order. Numbers that are not finite are left out: FITS has no word for them.
    static func cards(for evidence: Evidence, clip: FrameClip, ivorn: String?, context: EvidenceContext) -> [FITSCard] {
        let event = evidence.event
        var cards = [
            FITSCard("OBJECT", .text(context.targetName ?? "sky"), comment: "what was watched"),
            FITSCard("EVENT", .text(evidence.name), comment: "name of the event"),
            FITSCard("EVTKIND", .text(event.kind.rawValue), comment: "what it was taken for"),
        ]
        if let ivorn { cards.append(FITSCard("IVORN", .text(ivorn), comment: "VOEvent about it")) }
        cards += stationCards(context)
        cards += eventCards(event)
        cards += geometryCards(clip)
        cards.append(FITSCard("CREATOR", .text(context.software), comment: "program"))
        return cards.filter { card in
            if case .real(let number) = card.value { return number.isFinite }
            return true
        }
    }

    private static func stationCards(_ context: EvidenceContext) -> [FITSCard] {
        var cards = [FITSCard("STATION", .text(context.stationName), comment: "station")]
        if let telescope = context.telescope { cards.append(FITSCard("TELESCOP", .text(telescope))) }
        if let instrument = context.instrument { cards.append(FITSCard("INSTRUME", .text(instrument))) }
        if let exposure = context.exposureSeconds {
            cards.append(FITSCard("EXPTIME", .real(exposure), unit: "s", comment: "exposure of each frame"))
        }
        if let site = context.site {
            cards += [
                FITSCard("SITELONG", .real(site.longitudeDegrees), unit: "deg", comment: "longitude, east positive"),
                FITSCard("SITELAT", .real(site.latitudeDegrees), unit: "deg", comment: "geodetic latitude"),
                FITSCard("SITEELEV", .real(site.heightMeters), unit: "m", comment: "height above WGS 84"),
            ]
        }
        return cards
    }

    private static func eventCards(_ event: DetectedEvent) -> [FITSCard] {
        var cards = [
            FITSCard("EVTFIRST", .integer(event.frameFirst), comment: "first frame of the event"),
            FITSCard("EVTPEAK", .integer(event.framePeak), comment: "brightest frame of the event"),
            FITSCard("EVTLAST", .integer(event.frameLast), comment: "last frame of the event"),
            FITSCard("EVTX", .real(event.x), unit: "pixel", comment: "column in the whole frame, from 0"),
            FITSCard("EVTY", .real(event.y), unit: "pixel", comment: "row in the whole frame, from 0"),
            FITSCard("EVTSNR", .real(event.signalToNoise), comment: "matched-filter signal to noise"),
            FITSCard("EVTFLUX", .real(event.fluxADU), unit: "adu", comment: "flux above the background, all frames"),
            FITSCard("EVTFLERR", .real(event.fluxErrorADU), unit: "adu", comment: "standard error of the flux"),
            FITSCard("BACKGRND", .real(event.backgroundADU), unit: "adu", comment: "background at the event"),
            FITSCard("NOISE", .real(event.noiseADU), unit: "adu", comment: "standard deviation of a pixel there"),
        ]
        if let peak = event.timePeak {
            let text = String(peak.middleOfExposure.iso8601(fractionDigits: 6).dropLast())
            cards.append(FITSCard("EVTTIME", .text(text), comment: "UTC of the peak, middle of exposure"))
            if let error = peak.uncertaintySeconds {
                cards.append(FITSCard("TIMERR", .real(error), unit: "s", comment: "standard error of the times"))
            }
        }
        return cards
    }

    /// Where the cube lies in the whole frame: `LTV`/`LTM` by the IRAF convention, cube = LTM × frame + LTV with pixel
    /// centres at whole numbers from 1, and the same as a linear coordinate system that viewers show.
    private static func geometryCards(_ clip: FrameClip) -> [FITSCard] {
        let side = Double(clip.binning)
        // FITS pixels count from 1, frames from 0: with frame = column + 1 the centre of the first bin lies here.
        let firstX = Double(clip.region.column) + (side + 1) / 2
        let firstY = Double(clip.region.row) + (side + 1) / 2
        return [
            FITSCard("LTV1", .real(1 - firstX / side), comment: "cube column = LTM1_1 * frame column + LTV1"),
            FITSCard("LTV2", .real(1 - firstY / side), comment: "cube row = LTM2_2 * frame row + LTV2"),
            FITSCard("LTM1_1", .real(1 / side)),
            FITSCard("LTM2_2", .real(1 / side)),
            FITSCard("CTYPE1", .text("PIXEL"), comment: "column of the whole frame, from 1"),
            FITSCard("CTYPE2", .text("PIXEL"), comment: "row of the whole frame, from 1"),
            FITSCard("CRPIX1", .real(1)),
            FITSCard("CRPIX2", .real(1)),
            FITSCard("CRVAL1", .real(firstX)),
            FITSCard("CRVAL2", .real(firstY)),
            FITSCard("CDELT1", .real(side)),
            FITSCard("CDELT2", .real(side)),
            FITSCard("FRMWIDTH", .integer(clip.sourceFormat.width), unit: "pixel", comment: "width of the whole frame"),
            FITSCard(
                "FRMHEIGH", .integer(clip.sourceFormat.height), unit: "pixel", comment: "height of the whole frame"),
            FITSCard("BINNING", .integer(clip.binning), comment: "side of the squares that were averaged"),
            FITSCard("FRMSTEP", .integer(clip.step), comment: "one frame in so many, and first, peak, last"),
            FITSCard("FRMLOST", .integer(clip.missingCount), comment: "frames wanted that were not there"),
            FITSCard("BUNIT", .text("adu"), comment: "unit of the samples"),
        ]
    }
}
