using BpfCore.Elf;
using BpfCore.Programs;
using BpfCore.Specs;
using BpfCore.Syscalls;

namespace BpfCore.Links;

/// <summary>Attaches programs to many places of a file with one link.</summary>
internal static class UprobeMultiAttacher
{
    private const uint ReturnFlag = 1; // BPF_F_UPROBE_MULTI_RETURN

    public static BpfLink Attach(BpfProgram program, UprobeMultiTarget target)
    {
        string path = ExecutableSearch.Resolve(target.Path);
        UprobeSetTarget places = new(path) { Offsets = FindOffsets(path, target.Pattern), Kind = target.Kind };
        return Create(program, target, places);
    }

    public static BpfLink Attach(BpfProgram program, UprobeSetTarget target)
    {
        target.Check();
        string path = ExecutableSearch.Resolve(target.Path);
        IReadOnlyList<ulong> offsets = target.Offsets.Count > 0 ? target.Offsets : FindAll(path, target.Symbols);
        return Create(program, target, target with { Path = path, Offsets = offsets });
    }

    /// <summary>Attaches at offsets that are known.</summary>
    /// <param name="program">The program.</param>
    /// <param name="target">What the places stand for, for messages.</param>
    /// <param name="places">The places, by offset.</param>
    public static KernelLink Create(BpfProgram program, AttachTarget target, UprobeSetTarget places)
    {
        MultiLinkRequest request = new()
        {
            Program = program.Handle,
            AttachType = (uint)(places.Kind == MultiProbeKind.Session
                ? AttachType.TraceUprobeSession
                : AttachType.TraceUprobeMulti),
            Flags = places.Kind == MultiProbeKind.Return ? ReturnFlag : 0,
            Cookies = (ulong[])[.. places.Cookies],
            ProcessId = (uint)places.ProcessId,
        };
        ulong[] semaphores = [.. places.SemaphoreOffsets];
        return program.Calls.Bpf.TryUprobeMultiLinkCreate(
            request, places.Path, (ulong[])[.. places.Offsets], semaphores, out SafeFdHandle? link, out Errno error)
            ? new KernelLink(program, target, "uprobe.multi", link)
            : throw AttachFailure.Of(program, target, BpfCommand.LinkCreate.Call(), error, Explain(error, places.Kind));
    }

    private static ulong[] FindOffsets(string path, string pattern)
    {
        using ElfImage image = UprobeResolver.Open(path);
        ElfFunctionFinder finder = new(image);
        return GlobPattern.IsPattern(pattern)
            ? finder.FindOffsets(name => GlobPattern.Matches(name, pattern), pattern)
            : [finder.FindOffset(pattern)];
    }

    private static ulong[] FindAll(string path, IReadOnlyList<string> symbols)
    {
        using ElfImage image = UprobeResolver.Open(path);
        ElfFunctionFinder finder = new(image);
        ulong[] offsets = new ulong[symbols.Count];
        for (int i = 0; i < offsets.Length; i++)
        {
            offsets[i] = finder.FindOffset(symbols[i]);
        }

        return offsets;
    }

    private static string? Explain(Errno error, MultiProbeKind kind) => error switch
    {
        Errno.ESRCH => "there is no such process",
        Errno.EINVAL when kind == MultiProbeKind.Session =>
            "uprobe.session needs a kernel from 6.13 on, and a program of a uprobe.session section",
        Errno.EINVAL => "uprobe.multi needs a kernel from 6.6 on, and a program of a uprobe.multi section",
        _ => null,
    };
}
