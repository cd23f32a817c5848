using System.Buffers.Binary;
using BpfCore.Syscalls;

namespace BpfCore.Maps;

/// <summary>
/// The operations that a map of type struct_ops is to give to the kernel. Storing them in the map registers them, or
/// allows a link to do so.
/// </summary>
/// <param name="value">The kernel's structure; zero where the descriptors of programs go.</param>
/// <param name="programs">The programs, with the offset of their 8 bytes.</param>
/// <param name="needsLink">Whether the map was made to be attached by a link (<c>BPF_F_LINK</c>).</param>
internal sealed class StructOpsValue(
    byte[] value, IReadOnlyList<(int Offset, SafeFdHandle Program)> programs, bool needsLink)
{
    private static readonly byte[] s_onlyKey = new byte[sizeof(uint)];

    /// <summary>
    /// Whether a link registers the operations; if not, storing them in the map does.
    /// </summary>
    public bool NeedsLink => needsLink;

    /// <summary>Stores the operations in their map.</summary>
    /// <returns>The kernel's answer: EBUSY when the map has them already.</returns>
    public Errno Store(SystemCalls calls, SafeFdHandle map)
    {
        byte[] complete = [.. value];
        List<SafeFdHandle> held = [];
        try
        {
            foreach ((int offset, SafeFdHandle program) in programs)
            {
                bool added = false;
                program.DangerousAddRef(ref added);
                held.Add(program);
                BinaryPrimitives.WriteInt64LittleEndian(complete.AsSpan(offset), program.DangerousGetHandle());
            }

            return calls.Bpf.MapUpdate(map, s_onlyKey, complete, flags: 0);
        }
        finally
        {
            held.ForEach(static program => program.DangerousRelease());
        }
    }

    /// <summary>Takes operations that no link holds out of the kernel again.</summary>
    public static void Remove(SystemCalls calls, SafeFdHandle map, string subject) =>
        calls.Bpf.MapDelete(map, s_onlyKey, subject);
}
