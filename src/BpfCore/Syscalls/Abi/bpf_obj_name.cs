using System.Runtime.CompilerServices;

namespace BpfCore.Syscalls.Abi;

/// <summary>A <c>char name[BPF_OBJ_NAME_LEN]</c>: at most 15 bytes and a NUL.</summary>
[InlineArray(Length)]
internal struct bpf_obj_name
{
    /// <summary><c>BPF_OBJ_NAME_LEN</c>, the NUL included.</summary>
    public const int Length = 16;

    private byte _first;

    /// <summary>The text before the NUL.</summary>
    public override readonly string ToString() => NulTerminated.Text(this);
}
