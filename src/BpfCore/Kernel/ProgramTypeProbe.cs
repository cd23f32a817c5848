using System.Runtime.InteropServices;
using BpfCore.Instructions;
using BpfCore.Specs;
using BpfCore.Syscalls;

namespace BpfCore.Kernel;

/// <summary>Tries to load the smallest program of each type (after libbpf's <c>probe_prog_load</c>).</summary>
internal sealed class ProgramTypeProbe(SystemCalls calls)
{
    private const int LogSize = 4096;
    private const uint SomeType = 1; // in the kernel's BTF: an integer, never a function

    /// <summary>Whether the kernel has such programs.</summary>
    public KernelFeatureState Run(ProgramType type)
    {
        bool loaded = TryLoad(
            type,
            [new BpfInstruction(BpfOpcode.MoveImmediate, BpfRegister.R0), new BpfInstruction(BpfOpcode.Exit)],
            out Errno error,
            out string log);
        if (loaded)
        {
            return KernelFeatureState.Supported;
        }

        return ExpectedComplaint(type) is { } expected && error == expected.Error
            && log.Contains(expected.Text, StringComparison.Ordinal)
            ? KernelFeatureState.Supported
            : Judge(error);
    }

    /// <summary>Whether programs of a type may call a helper.</summary>
    public KernelFeatureState RunHelper(ProgramType type, int helper)
    {
        if (ExpectedComplaint(type) is not null)
        {
            return KernelFeatureState.Unknown;
        }

        bool loaded = TryLoad(
            type,
            [new BpfInstruction(BpfOpcode.Call, immediate: helper), new BpfInstruction(BpfOpcode.Exit)],
            out Errno error,
            out string log);
        if (loaded)
        {
            return KernelFeatureState.Supported;
        }

        // A verifier that knows the helper goes on to complain about the arguments, which were never set.
        bool isRefused = log.Contains("invalid func ", StringComparison.Ordinal)
            || log.Contains("unknown func ", StringComparison.Ordinal)
            || log.Contains("program of this type cannot use helper ", StringComparison.Ordinal);
        return (isRefused, log.Length) switch
        {
            (true, _) => KernelFeatureState.Unsupported,
            (false, > 0) => KernelFeatureState.Supported,
            _ => Judge(error),
        };
    }

    // Types that are checked against what they attach to: that check is reached only when the type is known.
    private static (Errno Error, string Text)? ExpectedComplaint(ProgramType type) => type switch
    {
        ProgramType.Tracing or ProgramType.Lsm => (Errno.EINVAL, "attach_btf_id 1 is not a function"),
        ProgramType.Extension => (Errno.EINVAL, "Cannot replace kernel functions"),
        ProgramType.StructOps => (Errno.ENOTSUPP, string.Empty),
        _ => null,
    };

    private static AttachType AttachTypeFor(ProgramType type) => type switch
    {
        ProgramType.CgroupSockAddr => AttachType.CgroupInet4Connect,
        ProgramType.CgroupSocketOption => AttachType.CgroupGetSocketOption,
        ProgramType.SkLookup => AttachType.SkLookup,
        ProgramType.LircMode2 => AttachType.LircMode2,
        ProgramType.Tracing => AttachType.TraceFunctionEntry,
        ProgramType.Lsm => AttachType.LsmMac,
        ProgramType.Netfilter => AttachType.Netfilter,
        _ => default,
    };

    private static KernelFeatureState Judge(Errno error) => error switch
    {
        Errno.EINVAL or Errno.E2BIG or Errno.EOPNOTSUPP or Errno.ENOTSUPP => KernelFeatureState.Unsupported,
        _ => KernelFeatureState.Unknown,
    };

    private bool TryLoad(ProgramType type, ReadOnlySpan<BpfInstruction> instructions, out Errno error, out string log)
    {
        byte[] buffer = new byte[LogSize];
        ProgramLoadRequest request = new()
        {
            Name = "probe",
            Type = (uint)type,
            ExpectedAttachType = (uint)AttachTypeFor(type),
            Flags = type == ProgramType.Syscall ? (uint)ProgramFlags.Sleepable : 0,
            Instructions = MemoryMarshal.AsBytes(instructions),
            License = "GPL\0"u8,
            KernelVersion = type == ProgramType.Kprobe ? KernelVersion.Current.Code : 0,
            AttachBtfId = ExpectedComplaint(type) is null ? 0 : SomeType,
            LogLevel = 1,
            Log = buffer,
        };
        bool loaded = calls.Bpf.TryProgramLoad(request, out SafeFdHandle? program, out error);
        program?.Dispose();
        log = NulTerminated.Text(buffer);
        return loaded;
    }
}
