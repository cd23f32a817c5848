using BpfCore.Btf;
using BpfCore.Linking;
using BpfCore.Specs;
using BpfCore.Tests.Linking;

namespace BpfCore.Tests.CoRe;

/// <summary>An object relocated by BpfCore against the types of a pair that the oracle was asked about.</summary>
internal static class LinkedObject
{
    /// <summary>The object with its programs, or why it is refused: when it is read or when it is relocated.</summary>
    public static (RelocatedObject? Object, BpfException? Refusal) Relocate(OracleAnswer pair)
    {
        try
        {
            BpfObjectSpec spec = BpfObjectSpec.Read(Fixtures.Read(pair.Object), Path.GetFileName(pair.Object));
            BtfFile types = BtfFile.Read(Fixtures.Read(pair.Btf), pair.Btf);
            var relocated = RelocatedObject.Relocate(spec, types, new KernelOfFixtures());
            return (relocated, relocated.Refusal);
        }
        catch (BpfException refusal)
        {
            return (null, refusal);
        }
    }
}
