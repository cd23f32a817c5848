using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using BpfCore;
using TcpConnLat.Attach;

namespace TcpConnLat.Tests.Attach;

/// <summary>A kernel that refuses what it is told to refuse, and keeps a log of what was done to it.</summary>
internal sealed class FakeAttacher : IProbeAttacher
{
    private static readonly ConnectBpf.ProgramSpecs s_programs = ConnectBpf.Open(Architecture.X64).Programs;
    private readonly HashSet<(Probe Probe, AttachWay Way)> _refused = [];

    /// <summary>Every call in order: <c>+</c> attached, <c>-</c> detached, <c>!</c> refused.</summary>
    public List<string> Log { get; } = [];

    /// <summary>What is attached now.</summary>
    public List<string> Attached { get; } = [];

    public StateStart? StateStart { get; private set; }

    public FakeAttacher Refuse(AttachWay way, params Probe[] probes)
    {
        foreach (Probe probe in probes.Length == 0 ? Enum.GetValues<Probe>() : probes)
        {
            _refused.Add((probe, way));
        }

        return this;
    }

    public bool TryAttach(
        Probe probe,
        AttachWay way,
        [NotNullWhen(true)] out IDisposable? attachment,
        [NotNullWhen(false)] out BpfException? reason)
    {
        (attachment, reason) = (null, null);
        string name = s_programs.Of(probe, way).Name + (way == AttachWay.KprobeTracefs ? " by tracefs" : "");
        if (_refused.Contains((probe, way)))
        {
            Log.Add($"!{name}");
            reason = KernelRefusal.Create(name, "refused");
            return false;
        }

        Log.Add($"+{name}");
        Attached.Add(name);
        attachment = new Link(this, name);
        return true;
    }

    public void SetStateStart(StateStart versions)
    {
        Log.Add($"state_start = {(uint)versions}");
        StateStart = versions;
    }

    private sealed class Link(FakeAttacher owner, string name) : IDisposable
    {
        public void Dispose()
        {
            owner.Log.Add($"-{name}");
            if (!owner.Attached.Remove(name))
            {
                throw new InvalidOperationException($"{name} is detached twice");
            }
        }
    }
}
