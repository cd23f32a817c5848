using System.Runtime.InteropServices;
using Tmds.Linux;

namespace TcpConnLat.LiveTests.Harness;

/// <summary>The few commands of <c>bpf(2)</c> that look at another process's objects.</summary>
internal static unsafe class BpfCalls
{
    private const int Delete = 3;
    private const int GetNextKey = 4;
    private const int NotFound = 2;

    // SYS_bpf of asm/unistd_64.h and of the generic table.
    private static readonly int s_bpf = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 321 : 280;

    /// <summary>Whether the kernel still has it.</summary>
    public static bool Exists(BpfObjectId id)
    {
        int descriptor = Open(id);
        if (descriptor == -NotFound)
        {
            return false;
        }

        _ = LibC.close(descriptor);
        return true;
    }

    /// <summary>How many entries a hash map with keys of 8 bytes has.</summary>
    public static int CountEntries(BpfObjectId map)
    {
        int descriptor = Open(map);
        ulong key = 0;
        ulong next = 0;
        int count = 0;

        // SAFETY: the kernel reads a key from and writes one to variables of 8 bytes, the size of this map's keys.
        ulong* attributes = stackalloc ulong[4] { (uint)descriptor, 0, (ulong)&next, 0 };
        while ((long)LibC.syscall(s_bpf, GetNextKey, attributes, 4 * sizeof(ulong)) == 0)
        {
            count++;
            key = next;
            attributes[1] = (ulong)&key;
        }

        _ = LibC.close(descriptor);
        return count;
    }

    /// <summary>Deletes an entry of a map with keys of 4 bytes.</summary>
    public static void DeleteEntry(BpfObjectId map, int key)
    {
        int descriptor = Open(map);

        // SAFETY: the kernel reads a key of 4 bytes, the size of this map's keys.
        ulong* attributes = stackalloc ulong[4] { (uint)descriptor, (ulong)&key, 0, 0 };
        long result = (long)LibC.syscall(s_bpf, Delete, attributes, 4 * sizeof(ulong));
        _ = LibC.close(descriptor);
        if (result != 0)
        {
            throw new InvalidOperationException($"delete from {map}: errno {LibC.errno}");
        }
    }

    // A descriptor, or -ENOENT.
    private static int Open(BpfObjectId id)
    {
        // SAFETY: the kernel only reads the attributes: id, next_id, open_flags.
        uint* attributes = stackalloc uint[4] { id.Id, 0, 0, 0 };
        long result = (long)LibC.syscall(s_bpf, (int)id.Kind, attributes, 3 * sizeof(uint));
        if (result < 0 && LibC.errno != NotFound)
        {
            throw new InvalidOperationException($"bpf({id}): errno {LibC.errno}");
        }

        return result < 0 ? -NotFound : (int)result;
    }
}
