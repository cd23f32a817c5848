using BpfCore.Programs;
using Xunit;

namespace BpfCore.Tests.Programs;

public sealed class InfoRecordsTests
{
    [Fact]
    public void Cut_KeepsTheBeginningOfEachRecord() =>
        Assert.Equal([1, 2, 5, 6], InfoRecords.Cut([1, 2, 3, 4, 5, 6, 7, 8], size: 4, kept: 2));

    [Fact]
    public void Cut_NoRecords_GivesNone() => Assert.Empty(InfoRecords.Cut([], size: 0, kept: 0));
}
