using TcpConnLat.Attach;
using TcpConnLat.Doctor;

namespace TcpConnLat.Tests.Doctor;

/// <summary>Answers as it was told to; ways it was told nothing about are refused.</summary>
internal sealed class FakeWayTester : IWayTester
{
    private readonly Dictionary<AttachWay, WayTrial> _answers = [];

    public List<AttachWay?> Tried { get; } = [];

    public WayTrial Choice { get; init; } = new(null, null, "no way works");

    public FakeWayTester Answer(AttachWay way, AttachWay? ipv6, string? problem = null)
    {
        _answers[way] = new WayTrial(way, ipv6, problem);
        return this;
    }

    public WayTrial Try(AttachWay? forcedWay)
    {
        Tried.Add(forcedWay);
        return forcedWay is not AttachWay way
            ? Choice
            : _answers.GetValueOrDefault(way, new WayTrial(null, null, $"{way.Name()} is refused (EPERM)"));
    }
}
