// SPDX-License-Identifier: Apache-2.0

import XML

/// Events that filters are asked about.
nonisolated(unsafe) private let documents: [XPathDocument] = [
    """
    <voe:VOEvent xmlns:voe="http://www.ivoa.net/xml/VOEvent/v2.0" version="2.0" role="observation" ivorn="ivo://a.b/c#d">
      <Who><AuthorIVORN>ivo://a.b/c</AuthorIVORN><Date>2026-03-01T20:15:30</Date></Who>
      <What><Param name="magnitude" value="7.25" unit="mag"/><Group name="target"><Param name="target_name" value="Moon"/></Group></What>
      <WhereWhen><ObsDataLocation><ObservatoryLocation/><ObservationLocation><AstroCoordSystem id="UTC-ICRS-TOPO"/>
      <AstroCoords coord_system_id="UTC-ICRS-TOPO"><Position2D unit="deg"><Value2><C1>10.5</C1><C2>-20</C2></Value2>
      <Error2Radius>0.5</Error2Radius></Position2D></AstroCoords></ObservationLocation></ObsDataLocation></WhereWhen>
    </voe:VOEvent>
    """,
    "<a>" + String(repeating: "<b c='1'>2<d/></b>", count: 30) + "</a>",
    "<a/>",
].compactMap { try? XPathDocument(Array($0.utf8)) }

/// An XPath expression of a subscriber.
///
/// Promises: it is refused with a bounded message, or says the same of an event each time; none takes long (libFuzzer watches
/// the time) or leaves the tree changed.
@_cdecl("LLVMFuzzerTestOneInput")
public func filter(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let expression = String(decoding: input(start, count), as: UTF8.self)
    do throws(XMLError) {
        let filter = try XPathFilter(expression)
        let verdicts = documents.map(filter.evaluate)
        promise(verdicts == documents.map(filter.evaluate), "asked again it says something else")
    } catch {
        promise(error.code == .expression && error.message.utf8.count < 500, "an error of another kind: \(error)")
    }
    return 0
}
