using System.Runtime.CompilerServices;
using System.Text;

namespace BpfCore.Syscalls.Abi;

/// <summary>A <c>char name[BPF_OBJ_NAME_LEN]</c>: at most 15 bytes and a NUL.</summary>
[InlineArray(Length)]
internal struct bpf_obj_name
{
    /// <summary><c>BPF_OBJ_NAME_LEN</c>, the NUL included.</summary>
    public const int Length = 16;

    private byte _first;

    /// <summary>The text before the NUL.</summary>
    public override readonly string ToString()
    {
        ReadOnlySpan<byte> name = this;
        int end = name.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? name : name[..end]);
    }
}
