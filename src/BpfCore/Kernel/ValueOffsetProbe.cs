using System.Runtime.InteropServices;
using BpfCore.Instructions;
using BpfCore.Syscalls;

namespace BpfCore.Kernel;

/// <summary>
/// Asks the verifier for a place 1 GiB behind a map's value of one byte. It refuses; what for, tells whether it has a
/// bound for such offsets of its own.
/// </summary>
internal sealed class ValueOffsetProbe(SystemCalls calls)
{
    private const uint SocketFilter = 1; // BPF_PROG_TYPE_SOCKET_FILTER
    private const uint Array = 2; // BPF_MAP_TYPE_ARRAY
    private const int LogSize = 4096;

    public KernelFeatureState Run()
    {
        MapCreateRequest request = new()
        {
            Name = "probe",
            Type = Array,
            KeySize = sizeof(int),
            ValueSize = 1,
            MaxEntries = 1,
        };
        if (!calls.Bpf.TryMapCreate(request, out SafeFdHandle? map, out _))
        {
            return KernelFeatureState.Unknown;
        }

        using (map)
        {
            return Ask(map);
        }
    }

    private static KernelFeatureState Judge(string log)
    {
        if (log.Contains("direct value offset of", StringComparison.Ordinal))
        {
            return KernelFeatureState.Unsupported;
        }

        return log.Contains("invalid access to map value pointer", StringComparison.Ordinal)
            ? KernelFeatureState.Supported
            : KernelFeatureState.Unknown;
    }

    private KernelFeatureState Ask(SafeFdHandle map)
    {
        using FdLease lease = map.Lease();
        ReadOnlySpan<BpfInstruction> instructions =
        [
            new BpfInstruction(BpfOpcode.LoadImmediate64, BpfRegister.R1, immediate: lease.Value)
                .WithPseudoSource(PseudoSource.MapValue),
            new BpfInstruction(default, immediate: 1 << 30),
            new BpfInstruction(BpfOpcode.Exit),
        ];
        byte[] log = new byte[LogSize];
        ProgramLoadRequest request = new()
        {
            Name = "probe",
            Type = SocketFilter,
            Instructions = MemoryMarshal.AsBytes(instructions),
            License = "GPL\0"u8,
            LogLevel = 1,
            Log = log,
        };
        bool isLoaded = calls.Bpf.TryProgramLoad(request, out SafeFdHandle? program, out _);
        program?.Dispose();
        return isLoaded ? KernelFeatureState.Supported : Judge(NulTerminated.Text(log));
    }
}
