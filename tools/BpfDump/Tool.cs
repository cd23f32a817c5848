using BpfCore.Btf;
using BpfCore.Elf;
using BpfCore.Specs;
using BpfDump.CommandLine;
using BpfDump.Listings;
using BpfDump.Relocation;

namespace BpfDump;

/// <summary>Carries out what the command line asks for.</summary>
internal static class Tool
{
    /// <summary>Carries a request out.</summary>
    /// <param name="request">The request.</param>
    /// <param name="output">Receives the text.</param>
    /// <exception cref="BpfCore.BpfException">An input is damaged.</exception>
    /// <exception cref="IOException">An input cannot be read.</exception>
    public static void Run(Request request, TextWriter output)
    {
        switch (request)
        {
            case Request.List list:
                List(list, output);
                break;
            case Request.Types types:
                WriteTypes(types, output);
                break;
            case Request.Relocate one:
                new ObjectRelocator(TypesFile.Read(one.TypesPath), output).Write(one.Path);
                break;
            case Request.RelocateAll all:
                new ObjectRelocator(TypesFile.Read(all.TypesPath), output).WriteAll(all.ListPath);
                break;
            case Request.Help:
                output.Write(HelpText.Text);
                break;
            case Request.Version:
                output.Write($"bpfdump {ToolVersion.Text}\n");
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(request), request, "not a request");
        }
    }

    private static void List(Request.List request, TextWriter output)
    {
        // Sections, symbols and instructions need no more than ELF: they show also what the loader refuses.
        switch (request.Listing)
        {
            case Listing.Sections:
                ElfFile file = ReadElf(request.Path);
                ElfFormatter.WriteSections(file, output);
                ElfFormatter.WriteRelocations(file, output);
                break;
            case Listing.Symbols:
                ElfFormatter.WriteSymbols(ReadElf(request.Path), output);
                break;
            case Listing.Instructions:
                InstructionListing.Write(ReadElf(request.Path), output);
                break;
            case Listing.CoRe:
                CoReListing.Write(ReadElf(request.Path), output);
                break;
            case Listing.Maps:
                MapListing.Write(BpfObjectSpec.ReadFile(request.Path), output);
                break;
            case Listing.Programs:
                ProgramListing.Write(BpfObjectSpec.ReadFile(request.Path), output);
                break;
        }
    }

    private static ElfFile ReadElf(string path) => ElfFile.Read(File.ReadAllBytes(path), Path.GetFileName(path));

    private static void WriteTypes(Request.Types request, TextWriter output)
    {
        BtfFile types = TypesFile.Read(request.Path, request.BasePath);
        if (request.Format == TypeFormat.C)
        {
            CHeaderWriter.Write(types, output);
        }
        else
        {
            BtfFormatter.Write(types, output);
        }
    }
}
