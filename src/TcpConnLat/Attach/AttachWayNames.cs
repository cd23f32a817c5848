namespace TcpConnLat.Attach;

/// <summary>The names of the ways, as <c>--attach</c> takes them and as messages show them.</summary>
internal static class AttachWayNames
{
    /// <summary>The word that leaves the choice to the tool.</summary>
    public const string Auto = "auto";

    private static readonly string[] s_names = ["fentry", "kprobe", "kprobe-tracefs", "tp_btf", "raw_tp"];

    /// <summary>Every way, best first.</summary>
    public static IReadOnlyList<AttachWay> BestFirst { get; } =
        [AttachWay.Fentry, AttachWay.Kprobe, AttachWay.KprobeTracefs, AttachWay.TpBtf, AttachWay.RawTp];

    /// <summary>The name of a way.</summary>
    /// <param name="way">The way.</param>
    public static string Name(this AttachWay way) => s_names[(int)way];

    /// <summary>Finds the way of a name; letter case counts.</summary>
    /// <param name="name">A name other than <see cref="Auto"/>.</param>
    /// <param name="way">The way, when the result is true.</param>
    public static bool TryParse(string name, out AttachWay way)
    {
        int index = Array.IndexOf(s_names, name);
        way = (AttachWay)Math.Max(index, 0);
        return index >= 0;
    }
}
