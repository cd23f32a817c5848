using BpfCore.Btf;
using Xunit;

namespace BpfCore.Tests.Hostile;

/// <summary>The same for BTF alone: one small file in full, and a kernel's by samples.</summary>
[Collection(HostileCollection.Name)]
public sealed class HostileBtfTests
{
    private const int Samples = 10_000;
    private const int Seed = 20_250_101;

    // One sample in so many is looked at in full; of the others, what the damage can have touched.
    private const int FullWalkEvery = 1_000;

    [Fact]
    public void Read_EveryTruncation_EndsInValueOrRefusal()
    {
        byte[] image = Fixtures.Read("btf/all-kinds.btf");

        Assert.Equal(image.Length, HostileRun.Read(image, Damage.EveryCut(image), (data, _) => Everything(data)));
    }

    [Fact]
    public void Read_EveryChangeOfAByte_EndsInValueOrRefusal()
    {
        byte[] image = Fixtures.Read("btf/all-kinds.btf");
        IEnumerable<Damage> changes = Damage.EveryChange(image, new ByteRange(0, image.Length));

        Assert.True(HostileRun.Read(image, changes, (data, _) => Everything(data)) > image.Length);
    }

    [Fact]
    public void Read_SampledDamageOfAKernelsTypes_EndsInValueOrRefusal()
    {
        byte[] image = ReadKernel();
        KernelDamage damage = new(BtfFile.Read(image, "intact"));
        int number = 0;

        int count = HostileRun.Read(image, damage.Sample(Samples, Seed), (data, sample) =>
        {
            BtfFile? file = null;
            if (Refusal.IsNone(() => file = BtfFile.Read(data, "vmlinux")))
            {
                bool full = Interlocked.Increment(ref number) % FullWalkEvery == 0;
                damage.Walk(file!, sample, full);
            }
        });

        Assert.Equal(Samples, count);
    }

    // The running kernel's types are larger and differ from machine to machine; the committed ones are always there.
    private static byte[] ReadKernel() =>
        File.Exists("/sys/kernel/btf/vmlinux")
            ? File.ReadAllBytes("/sys/kernel/btf/vmlinux")
            : Fixtures.Read("btf/real-6.18.btf");

    private static void Everything(ReadOnlyMemory<byte> data) =>
        Refusal.IsNone(() => BtfWalk.Everything(BtfFile.Read(data, "hostile.btf")));
}
