using System.Runtime.InteropServices;

namespace BpfCore.Syscalls.Abi;

/// <summary><c>struct rlimit64</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct rlimit64
{
    [FieldOffset(0)]
    public ulong rlim_cur;
    [FieldOffset(8)]
    public ulong rlim_max;
}
