using System.Runtime.CompilerServices;

namespace TcpConnLat.Events;

/// <summary>A task's name as the kernel keeps it: <c>char comm[16]</c>, ended by a zero byte.</summary>
[InlineArray(Length)]
internal struct CommandName
{
    /// <summary><c>TASK_COMM_LEN</c>.</summary>
    public const int Length = 16;

    private byte _first;
}
