using BpfDump.CommandLine;
using Xunit;

namespace BpfDump.Tests.CommandLine;

public class RequestReaderTests
{
    public static TheoryData<string, object> Requests => new()
    {
        { "sections a.o", new Request.List(Listing.Sections, "a.o") },
        { "symbols a.o", new Request.List(Listing.Symbols, "a.o") },
        { "maps a.o", new Request.List(Listing.Maps, "a.o") },
        { "programs a.o", new Request.List(Listing.Programs, "a.o") },
        { "insns a.o", new Request.List(Listing.Instructions, "a.o") },
        { "core a.o", new Request.List(Listing.CoRe, "a.o") },
        { "btf vmlinux", new Request.Types("vmlinux", null, TypeFormat.Raw) },
        { "btf --format raw vmlinux", new Request.Types("vmlinux", null, TypeFormat.Raw) },
        { "btf vmlinux --format c", new Request.Types("vmlinux", null, TypeFormat.C) },
        { "btf --base vmlinux --format=c tun", new Request.Types("tun", "vmlinux", TypeFormat.C) },
        { "relocate a.o --btf vmlinux", new Request.Relocate("a.o", "vmlinux") },
        { "relocate --btf vmlinux a.o", new Request.Relocate("a.o", "vmlinux") },
        { "relocate --list files --btf vmlinux", new Request.RelocateAll("files", "vmlinux") },
        { "--help", new Request.Help() },
        { "relocate -h", new Request.Help() },
        { "--version", new Request.Version() },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public void Read_KnownCommand_GivesItsRequest(string line, object request) =>
        Assert.Equal(request, RequestReader.Read(line.Split(' ')));

    [Theory]
    [InlineData("", "no command is given")]
    [InlineData("everything a.o", "everything")]
    [InlineData("maps", "OBJ")]
    [InlineData("maps a.o b.o", "b.o")]
    [InlineData("maps a.o --all", "--all")]
    [InlineData("btf", "OBJ")]
    [InlineData("btf --format rust a.o", "--format: 'rust' is not one of raw, c")]
    [InlineData("relocate a.o", "relocate needs --btf BTF")]
    [InlineData("relocate --btf vmlinux", "relocate needs an object or --list FILE")]
    [InlineData("relocate a.o --list files --btf vmlinux", "not both")]
    [InlineData("relocate a.o --btf", "--btf")]
    public void Read_WordMissingOrTooMany_IsRefusedInOneLine(string line, string reason)
    {
        UsageException error = Assert.Throws<UsageException>(
            () => RequestReader.Read(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
