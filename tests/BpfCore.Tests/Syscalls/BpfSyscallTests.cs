using System.Runtime.InteropServices;
using BpfCore.Syscalls;
using BpfCore.Syscalls.Abi;
using Xunit;

namespace BpfCore.Tests.Syscalls;

public class BpfSyscallTests
{
    private readonly FakeGate _kernel = new();
    private readonly SystemCalls _calls;

    public BpfSyscallTests()
    {
        _calls = new SystemCalls(_kernel, observer: null);
    }

    [Fact]
    public void MapCreate_LastFieldInUse_EndsTheSize()
    {
        Assert.True(_calls.Bpf.TryMapCreate(
            new MapCreateRequest { Name = "m", Type = 1, KeySize = 4, ValueSize = 8, MaxEntries = 16 }, out _, out _));

        byte[] attributes = Assert.Single(_kernel.Attributes);
        Assert.Equal(32, attributes.Length); // up to the one character of map_name at offset 28
        bpf_attr_map_create sent = Read<bpf_attr_map_create>(attributes);
        Assert.Equal((1u, 4u, 8u, 16u), (sent.map_type, sent.key_size, sent.value_size, sent.max_entries));
        Assert.Equal((byte)'m', sent.map_name[0]);
    }

    [Fact]
    public void MapCreate_NameWithForeignCharacters_SendsWhatTheKernelAccepts()
    {
        _calls.Bpf.TryMapCreate(new MapCreateRequest { Name = "a-very.long/name_indeed" }, out _, out _);

        bpf_attr_map_create sent = Read<bpf_attr_map_create>(_kernel.Attributes[0]);
        Assert.Equal("a_very.long_nam\0"u8.ToArray(), ((ReadOnlySpan<byte>)sent.map_name).ToArray());
    }

    [Fact]
    public void ProgramLoad_InterruptedBySignals_IsTriedAgain()
    {
        const long Again = -(long)Errno.EAGAIN;
        _kernel.Answer(BpfCommand.ProgramLoad, Again, Again, Again, Again, Again, Again, Again, Again);

        ProgramLoadRequest request = new() { Name = "p" };
        bool loaded = _calls.Bpf.TryProgramLoad(request, out SafeFdHandle? program, out _);

        Assert.True(loaded);
        Assert.Equal(9, _kernel.Commands.Count);
        program!.Dispose();
        Assert.Empty(_kernel.OpenDescriptors);
    }

    [Fact]
    public void MapUpdate_InterruptedByASignal_IsTriedAgain()
    {
        using SafeFdHandle map = CreateMap();
        _kernel.Answer(BpfCommand.MapUpdate, -(long)Errno.EINTR, -(long)Errno.E2BIG);

        Errno error = _calls.Bpf.MapUpdate(map, [1], [2], 0);

        Assert.Equal(Errno.E2BIG, error);
    }

    [Fact]
    public void TryMapLookup_NoSuchElement_ReturnsFalse()
    {
        using SafeFdHandle map = CreateMap();
        _kernel.Answer(BpfCommand.MapLookup, -(long)Errno.ENOENT);

        Assert.False(_calls.Bpf.TryMapLookup(map, [1], new byte[1], flags: 0, "map m"));
    }

    [Fact]
    public void TryMapLookup_Refused_NamesCallSubjectAndAdvice()
    {
        SystemCalls calls = new(_kernel, observer: null, (call, error) => $"advice for {call}, {error}");
        using SafeFdHandle map = CreateMap();
        _kernel.Answer(BpfCommand.MapLookup, -(long)Errno.EPERM);

        SyscallException e = Assert.Throws<SyscallException>(
            () => calls.Bpf.TryMapLookup(map, [1], new byte[1], flags: 0, "map m"));

        Assert.Equal("bpf(BPF_MAP_LOOKUP_ELEM)", e.Call);
        Assert.Equal("map m", e.Subject);
        Assert.Equal("EPERM", e.ErrorName);
        Assert.Equal("advice for bpf(BPF_MAP_LOOKUP_ELEM), EPERM", e.Hint);
        Assert.StartsWith("map m: bpf(BPF_MAP_LOOKUP_ELEM) failed: EPERM (", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MapUpdate_ClosedHandle_ThrowsInsteadOfUsingAnotherDescriptor()
    {
        SafeFdHandle map = CreateMap();
        map.Dispose();

        Assert.Throws<ObjectDisposedException>(() => _calls.Bpf.MapUpdate(map, [1], [2], 0));
        Assert.DoesNotContain(BpfCommand.MapUpdate, _kernel.Commands);
    }

    [Fact]
    public void LinkCreate_WithoutTarget_SendsZero()
    {
        using SafeFdHandle program = CreateMap();

        _calls.Bpf.TryLinkCreate(new LinkRequest(program, AttachType: 23), out SafeFdHandle? link, out _);

        bpf_attr_link_create sent = Read<bpf_attr_link_create>(_kernel.Attributes[^1]);
        Assert.Equal((0u, 23u), (sent.target_fd, sent.attach_type));
        link!.Dispose();
    }

    private SafeFdHandle CreateMap()
    {
        Assert.True(_calls.Bpf.TryMapCreate(new MapCreateRequest { Name = "m" }, out SafeFdHandle? map, out _));
        return map;
    }

    private static T Read<T>(byte[] attributes)
        where T : unmanaged
    {
        byte[] whole = new byte[256];
        attributes.CopyTo(whole, 0);
        return MemoryMarshal.Read<T>(whole);
    }
}
