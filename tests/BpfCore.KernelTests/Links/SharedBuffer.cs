using Tmds.Linux;
using Xunit;

namespace BpfCore.KernelTests.Links;

/// <summary>A dma-buf of ordinary memory, which <c>/dev/udmabuf</c> makes of a memfd.</summary>
internal sealed unsafe class SharedBuffer : IDisposable
{
    private const int AllowSealing = 2; // MFD_ALLOW_SEALING
    private const int AddSeals = 1033; // F_ADD_SEALS
    private const int SealShrink = 2; // F_SEAL_SHRINK
    private const int Create = 0x4018_7542; // UDMABUF_CREATE: _IOW('u', 0x42, struct udmabuf_create)

    private readonly int _memory;
    private readonly int _buffer;

    private SharedBuffer(int memory, int buffer)
    {
        _memory = memory;
        _buffer = buffer;
    }

    /// <summary>Makes one of so many pages; null where the kernel has no such device.</summary>
    public static SharedBuffer? TryCreate(int pages)
    {
        if (!File.Exists("/dev/udmabuf"))
        {
            return null;
        }

        ulong size = (ulong)pages * (ulong)Environment.SystemPageSize;
        byte name = 0;
        int memory = LibC.memfd_create(&name, AllowSealing);
        Assert.Equal(0, LibC.ftruncate(memory, (long)size));
        Assert.Equal(0, LibC.fcntl(memory, AddSeals, SealShrink));
        using FileStream device = new("/dev/udmabuf", FileMode.Open, FileAccess.ReadWrite);
        Request request = new() { Memory = (uint)memory, Size = size };
        int buffer = LibC.ioctl((int)device.SafeFileHandle.DangerousGetHandle(), Create, &request);
        Assert.True(buffer >= 0, $"UDMABUF_CREATE: errno {LibC.errno}");
        return new SharedBuffer(memory, buffer);
    }

    public void Dispose()
    {
        Assert.Equal(0, LibC.close(_buffer));
        Assert.Equal(0, LibC.close(_memory));
    }

    // struct udmabuf_create
    private struct Request
    {
        public uint Memory;
        public uint Flags;
        public ulong Offset;
        public ulong Size;
    }
}
