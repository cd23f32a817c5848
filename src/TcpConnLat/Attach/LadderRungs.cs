namespace TcpConnLat.Attach;

/// <summary>Which ways may be tried, best first.</summary>
/// <param name="ForcedWay">The only way to take, or null for all of them.</param>
internal readonly record struct LadderRungs(AttachWay? ForcedWay)
{
    /// <summary>The ways that see a connect start at the entry of a function.</summary>
    public IReadOnlyList<AttachWay> EntryWays => ForcedWay switch
    {
        null => [AttachWay.Fentry, AttachWay.Kprobe, AttachWay.KprobeTracefs],
        AttachWay.TpBtf or AttachWay.RawTp => [],
        AttachWay way => [way],
    };

    /// <summary>Whether connects may start at the change of state; a forced entry way forbids it.</summary>
    public bool AllowsStartAtStateChange => ForcedWay is null or AttachWay.TpBtf or AttachWay.RawTp;

    /// <summary>The ways to see the changes of state.</summary>
    /// <param name="entryIPv4">How connects over IPv4 are seen to start; null for the change of state.</param>
    /// <remarks>Typed tracepoints need of the kernel what fentry needs; kprobe and raw_tp do without.</remarks>
    public IReadOnlyList<AttachWay> StateChangeWays(AttachWay? entryIPv4) => (ForcedWay, entryIPv4) switch
    {
        (AttachWay.Fentry or AttachWay.TpBtf, _) => [AttachWay.TpBtf],
        (not null, _) => [AttachWay.RawTp],
        (null, AttachWay.Kprobe or AttachWay.KprobeTracefs) => [AttachWay.RawTp],
        (null, _) => [AttachWay.TpBtf, AttachWay.RawTp],
    };
}
