using BpfCore.Maps;
using BpfCore.Specs;
using BpfCore.Syscalls;

namespace BpfCore.Programs;

/// <summary>A program that the kernel has verified and holds. It runs once it is attached (<c>BpfLink</c>).</summary>
/// <remarks>
/// The object that loaded it owns and disposes it. Links hold a reference of their own in the kernel, so a program
/// that is attached goes on running until its links are disposed.
/// </remarks>
public sealed partial class BpfProgram : IDisposable
{
    internal BpfProgram(SystemCalls calls, SafeFdHandle handle, ProgramSpec spec)
    {
        Calls = calls;
        Handle = handle;
        Name = spec.Name;
        SectionName = spec.SectionName;
        Type = spec.Type;
        ExpectedAttachType = spec.ExpectedAttachType;
        Target = spec.Target;
    }

    /// <summary>Name of the program's function.</summary>
    public string Name { get; }

    /// <summary>Name of its section, for example <c>kprobe/tcp_v4_connect</c>.</summary>
    public string SectionName { get; }

    /// <summary>Type it was loaded with.</summary>
    public ProgramType Type { get; }

    /// <summary>The attach type it was loaded for.</summary>
    public AttachType ExpectedAttachType { get; }

    /// <summary>What it is to be attached to, or null when neither its section nor its user said.</summary>
    public AttachTarget? Target { get; }

    internal SystemCalls Calls { get; }

    internal SafeFdHandle Handle { get; }

    /// <summary>
    /// The maps of its object, for attachments that go with maps; empty when it was not loaded with one.
    /// </summary>
    internal IReadOnlyDictionary<MapSpec, BpfMap> ObjectMaps { get; init; } = new Dictionary<MapSpec, BpfMap>();

    /// <summary>Closes this process's descriptor of the program.</summary>
    public void Dispose() => Handle.Dispose();

    /// <summary>Name and section.</summary>
    public override string ToString() => $"program {Name} ({SectionName})";
}
