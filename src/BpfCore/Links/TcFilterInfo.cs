using System.Buffers.Binary;
using static BpfCore.Links.NetlinkNative;

namespace BpfCore.Links;

/// <summary>A BPF program among the filters of a hook.</summary>
/// <param name="Priority">Its place in the order of filters.</param>
/// <param name="Handle">Its number among those of its priority.</param>
/// <param name="ProgramId">Number of the program; 0 where the kernel does not tell (before 4.13).</param>
/// <param name="Name">Name that was given to the filter, or null.</param>
public readonly record struct TcFilterInfo(int Priority, uint Handle, uint ProgramId, string? Name)
{
    /// <summary>Reads a filter out of a message of the kernel; false if it is none of BPF.</summary>
    internal static bool TryRead(ushort type, ReadOnlySpan<byte> payload, out TcFilterInfo filter)
    {
        filter = default;
        if (type != RTM_NEWTFILTER || payload.Length < TCMSG_SIZE)
        {
            return false;
        }

        NetlinkAttributes attributes = new(payload[TCMSG_SIZE..]);
        uint handle = BinaryPrimitives.ReadUInt32LittleEndian(payload[TCM_HANDLE..]);
        uint info = BinaryPrimitives.ReadUInt32LittleEndian(payload[TCM_INFO..]);
        if (handle == 0 || !attributes.TryText(TCA_KIND, out string? kind) || kind != "bpf")
        {
            return false; // of each chain of filters the kernel tells as well, with a handle of 0
        }

        NetlinkAttributes options = attributes.Nested(TCA_OPTIONS);
        _ = options.TryText(TCA_BPF_NAME, out string? name);
        filter = new TcFilterInfo((int)(info >> 16), handle, options.Number(TCA_BPF_ID), name);
        return true;
    }
}
